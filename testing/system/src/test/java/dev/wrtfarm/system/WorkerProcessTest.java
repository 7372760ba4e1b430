package dev.wrtfarm.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.wrtfarm.launcher.FreePort;
import dev.wrtfarm.launcher.InstalledPrograms;
import dev.wrtfarm.launcher.JavaCommand;
import dev.wrtfarm.launcher.SystemUser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The worker's program as a supervisor that is not ours sees it: signals, health, exit codes. */
class WorkerProcessTest {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final Path APP =
      Path.of(System.getProperty("wrtfarm.home", ""), "build-worker/target/quarkus-app");

  private final @Nullable SystemUser user = SystemUser.WORKER.whenRoot();
  private final int port = FreePort.any();
  private StandInApi api;
  private Path dir;
  private @Nullable Process worker;

  @BeforeEach
  void open() throws IOException {
    api = new StandInApi();
    dir = Files.createTempDirectory(Path.of("/var/tmp"), "wrtfarm-test-");
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void close() {
    if (worker != null) {
      worker.destroyForcibly();
      worker.onExit().join();
    }
    api.close();
    TestFarm.delete(dir);
  }

  @Test
  void told_to_stop_it_reports_the_end_of_its_build_and_ends_with_code_0() throws Exception {
    Process process = start();
    eventually("the end is reported again", this::hasRepeatedItsEnd);
    assertThat(health().statusCode()).isEqualTo(200);
    process.destroy();
    eventually("it says that it drains", () -> health().body().contains("\"draining\""));
    assertThat(health().statusCode()).isEqualTo(503);
    assertThat(process.isAlive()).isTrue();
    assertThat(get("/q/metrics").body())
        .containsPattern("(?m)^wrtfarm_worker_draining 1")
        .containsPattern("(?m)^wrtfarm_worker_offers_connected 0")
        .containsPattern("(?m)^wrtfarm_worker_claims_total\\{answer=\"build\"} 1")
        .containsPattern("(?m)^wrtfarm_worker_calls_repeated_total\\{call=\"fail\"} [1-9]");
    api.takesEnds();
    assertThat(exitCode(process)).as(log()).isZero();
    assertThat(api.calls()).as(log()).doesNotContain("release");
  }

  @Test
  void every_metric_of_the_worker_is_in_the_manual() throws Exception {
    Process process = start();
    eventually("a call is repeated", this::hasRepeatedItsEnd);
    String manual =
        Files.readString(Path.of(System.getProperty("wrtfarm.home", ""), "docs/operating.md"));
    assertThat(
            get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("wrtfarm_"))
                .map(line -> line.split("[ {]")[0])
                .distinct())
        .hasSizeGreaterThan(8)
        .allSatisfy(name -> assertThat(manual.contains("`" + name + "`")).as(name).isTrue());
    process.destroyForcibly();
  }

  @Test
  void told_twice_it_gives_back_what_it_cannot_end() throws Exception {
    Process process = start();
    eventually("the end is reported", () -> api.heard("fail"));
    process.destroy();
    eventually("it says that it drains", () -> health().body().contains("\"draining\""));
    process.destroy();
    assertThat(exitCode(process)).as(log()).isZero();
    assertThat(api.calls()).as(log()).contains("release");
  }

  @Test
  void it_refuses_to_run_as_root() throws Exception {
    if (!SystemUser.isRoot()) {
      System.err.println("NOT TESTED, this is not root: that the worker refuses to run as root");
    }
    assumeThat(SystemUser.isRoot()).isTrue();
    Process process = process(List.of());
    assertThat(exitCode(process)).as(log()).isEqualTo(1);
    assertThat(log().strip()).contains("must not run as root").hasLineCount(1);
  }

  private boolean hasRepeatedItsEnd() {
    return api.calls().lastIndexOf("fail") > api.calls().indexOf("fail");
  }

  private Process start() throws Exception {
    List<String> prefix =
        user == null
            ? List.of()
            : List.of(
                "setpriv",
                "--reuid=" + user.name(),
                "--regid=" + user.name(),
                "--init-groups",
                "--inh-caps=-all");
    Process process = process(prefix);
    worker = process;
    // It takes builds a little before it can be asked how it is.
    eventually("it can be asked", this::answers);
    return process;
  }

  private boolean answers() throws InterruptedException {
    try {
      return health().statusCode() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  private Process process(List<String> prefix) throws IOException {
    Path app = user == null ? APP : InstalledPrograms.ofThisMachine().install(APP);
    Path data = Files.createDirectories(dir.resolve("data"));
    if (user != null) {
      user.own(data);
    }
    Path token = Files.writeString(dir.resolve("worker.token"), "a-token\n");
    List<String> command = new ArrayList<>(prefix);
    command.add(JavaCommand.java().toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-Dwrtfarm.api.urls=" + api.url(),
            "-Dwrtfarm.api.token-file=" + token,
            "-Dwrtfarm.worker.data=" + data,
            "-Dwrtfarm.worker.kafka=false",
            "-Dwrtfarm.worker.drain=1h",
            "-Dwrtfarm.upstream.url=http://127.0.0.1:9",
            "-Dquarkus.http.port=" + port,
            "-jar",
            app.resolve("quarkus-run.jar").toString()));
    return new ProcessBuilder(command)
        .directory(data.toFile())
        .redirectErrorStream(true)
        .redirectOutput(dir.resolve("worker.log").toFile())
        .start();
  }

  private HttpResponse<String> health() throws IOException, InterruptedException {
    return get("/q/health/ready");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }

  private static int exitCode(Process process) throws InterruptedException {
    assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private String log() throws IOException {
    return Files.readString(dir.resolve("worker.log"));
  }

  private void eventually(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within %s: %s%n%s".formatted(LIMIT, what, log()));
      }
      Thread.sleep(50);
    }
  }
}
