package dev.wrtfarm.worker.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.worker.attempt.Attempt;
import dev.wrtfarm.worker.attempt.BuildFailed;
import dev.wrtfarm.worker.feed.AttemptFeeds;
import dev.wrtfarm.worker.feed.FeedProxy;
import dev.wrtfarm.worker.host.Folders;
import dev.wrtfarm.worker.testing.Eventually;
import dev.wrtfarm.worker.testing.SampleServer;
import dev.wrtfarm.worker.testing.Workshop;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real sandboxes, started with a worker's rights: see {@code Rights} for tests run as root. */
class SandboxTest {
  private static final long MIB = 1 << 20;
  private static final Limits SMALL =
      new Limits(Duration.ofSeconds(60), 1024 * MIB, 64, 8 * MIB, 24 * MIB);

  @TempDir static Path dir;
  private static SampleServer server;
  private final List<String> said = new ArrayList<>();
  private Workshop workshop = newWorkshop(SMALL);

  @BeforeAll
  static void serve() throws IOException {
    server = SampleServer.start(dir);
  }

  @AfterAll
  static void end() {
    server.close();
  }

  @AfterEach
  void close() {
    workshop.close();
  }

  @Test
  void a_command_runs_in_the_tree_and_its_status_comes_back() throws Exception {
    assertThat(bash("pwd; umask; id -u; echo out; echo err >&2; exit 7")).isEqualTo(7);
    assertThat(said).contains("/builder/imagebuilder", "0022", "1000", "out", "err");
  }

  @Test
  void nothing_can_be_written_past_the_limit_of_the_disk() throws Exception {
    bash("touch /x /builder/x /dev/x /etc/x; touch /dev/shm/x /tmp/x && echo written");
    assertThat(said)
        .contains("written")
        .filteredOn(line -> line.contains("Read-only file system"))
        .hasSize(4);
  }

  @Test
  void files_of_the_host_are_not_there() throws Exception {
    Path secret = Files.writeString(workshop.scratch().resolve("worker.token"), "secret");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    bash(
        "cat /etc/shadow; ls /root /home /work /var; cat '"
            + secret
            + "'; ls '"
            + secret.getParent()
            + "'; ls /etc; env");
    assertThat(said).noneMatch(line -> line.equals("secret") || line.startsWith("root:*"));
    assertThat(said).filteredOn(line -> line.contains("No such file")).hasSizeGreaterThan(4);
    assertThat(said)
        .noneMatch(line -> line.matches("(?i).*(token|passw|secret)=.*"))
        .doesNotContain("shadow", "ssh", "hostname");
  }

  @Test
  void another_builds_tree_is_not_there() throws Exception {
    Attempt other = attempt();
    Files.writeString(other.tree().resolve("repositories.conf"), "its feeds");
    // Not in the host's programs, of which there are many.
    bash(
        "find / \\( -path /usr -o -path /proc \\) -prune -o -name repositories.conf -print"
            + " 2>/dev/null; ls /builder; ls /proc | grep -c '^[0-9]*$'");
    assertThat(said).noneMatch(line -> line.contains("repositories.conf"));
    assertThat(said).contains("imagebuilder", "output");
  }

  @Test
  void the_host_cannot_be_written() throws Exception {
    bash("for f in /usr/x /etc/x /builder/inside.py /x; do echo >$f && echo wrote $f; done");
    assertThat(said)
        .noneMatch(line -> line.startsWith("wrote /usr") || line.startsWith("wrote /e"));
    assertThat(said).doesNotContain("wrote /builder/inside.py");
  }

  @Test
  void there_is_no_network() throws Exception {
    String port = Integer.toString(server.url().getPort());
    bash(
        "exec 3<>/dev/tcp/127.0.0.1/"
            + port
            + " && echo reached; grep -c : /proc/net/dev; ls /sys/class/net 2>&1");
    assertThat(said).doesNotContain("reached").contains("1");
    bash("exec 3<>/dev/udp/192.0.2.1/9 && echo reached");
    assertThat(said).doesNotContain("reached");
  }

  @Test
  void feeds_and_nothing_else_are_reached_by_the_proxy() throws Exception {
    String feed = "releases/24.10.0-sample/targets/x86/64";
    Attempt attempt = attempt();
    AttemptFeeds feeds =
        new AttemptFeeds(
            List.of(server.url().resolve("/" + feed)),
            workshop.feedCache(),
            attempt.dir().resolve("feeds"),
            Duration.ofMillis(10));
    try (FeedProxy proxy = FeedProxy.open(attempt.dir().resolve("feeds.sock"), feeds)) {
      String get = "wget -q -O - " + Sandbox.FEEDS;
      run(attempt, proxy.socket(), get + "/0/profiles.json | head -c 1; " + get + "/1/x; echo $?");
      assertThat(said).contains("{8");
      said.clear();
      run(attempt, proxy.socket(), get + "/0/../../../.versions.json; echo $?");
      run(attempt, proxy.socket(), get + "/0/%2e%2e/%2e%2e/.versions.json; echo $?");
      run(attempt, proxy.socket(), "wget -q -O - --post-data=x " + Sandbox.FEEDS + "/0/p; echo $?");
    }
    assertThat(said).containsOnly("8");
  }

  @Test
  void a_run_that_takes_too_long_is_ended_with_all_its_processes() throws Exception {
    workshop.close();
    workshop = newWorkshop(new Limits(Duration.ofMillis(1_500), 1024 * MIB, 64, 8 * MIB, 24 * MIB));
    String time = noOthersTime();
    BuildFailed failed =
        failure("trap '' TERM; sleep T & setsid sleep T & sleep T".replace("T", time));
    assertThat(failed.failure().reason()).isEqualTo(FailureReason.TIMED_OUT);
    Eventually.holds(
        "no process is left", Duration.ofSeconds(15), () -> processesWith(time).isEmpty());
  }

  @Test
  void an_interrupt_ends_all_processes() throws Exception {
    String time = noOthersTime();
    CountDownLatch ended = new CountDownLatch(1);
    Thread run =
        Thread.ofPlatform()
            .start(() -> {
              try {
                bash("echo up; sleep " + time);
              } catch (InterruptedException | IOException e) {
                ended.countDown();
              }
            });
    Eventually.holds("the command runs", Duration.ofSeconds(30), () -> heard("up"));
    run.interrupt();
    assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
    Eventually.holds(
        "no process is left", Duration.ofSeconds(15), () -> processesWith(time).isEmpty());
  }

  @Test
  void a_run_that_is_ended_while_it_starts_leaves_no_process() throws Exception {
    for (int delay = 0; delay < 150; delay++) {
      long nanos = delay * 100_000L;
      CountDownLatch started = new CountDownLatch(1);
      Thread run =
          Thread.ofPlatform()
              .start(() -> {
                started.countDown();
                try {
                  bash("sleep 60");
                } catch (InterruptedException | IOException e) {
                  // which it is meant to be
                }
              });
      started.await();
      TimeUnit.NANOSECONDS.sleep(nanos);
      // Whoever ends a run may do so more than once, and at any moment.
      do {
        run.interrupt();
      } while (!run.join(Duration.ofMillis(1)));
    }
    Eventually.holds(
        "no sandbox is left", Duration.ofSeconds(15), () -> workshop.sandboxes().isEmpty());
  }

  @Test
  void a_build_that_fills_the_disk_is_ended() {
    BuildFailed failed =
        failure("for i in 1 2 3 4 5; do head -c 7M /dev/zero >/builder/output/$i; done; sleep 60");
    assertThat(failed.failure().reason()).isEqualTo(FailureReason.DISK_FULL);
    assertThat(failed).hasMessageContaining("24.0 MiB");
  }

  @Test
  void a_file_a_process_and_a_herd_have_their_limits() throws Exception {
    assertThat(bash("head -c 9M /dev/zero >/builder/output/large")).isNotZero();
    assertThat(Files.size(lastOutput().resolve("large"))).isLessThanOrEqualTo(8 * MIB);
    bash("python3 -c 'bytearray(2 << 30)' || echo refused");
    assertThat(said).contains("refused");
    said.clear();
    // Not by a shell, which waits and tries again: on a slow machine the first have ended by then.
    bash(
        "python3 -c 'import subprocess\nfor i in range(200): subprocess.Popen([\"sleep\", \"60\"])'");
    assertThat(said).anyMatch(line -> line.contains("Resource temporarily unavailable"));
  }

  @Test
  void a_folder_that_a_build_has_locked_is_deleted_all_the_same() throws Exception {
    bash("mkdir -p a/b/c; echo x >a/b/c/f; chmod 000 a/b/c a/b a");
    Attempt last = attemptsSoFar.getLast();
    Folders.delete(last.dir());
    assertThat(last.dir()).doesNotExist();
  }

  private final List<Attempt> attemptsSoFar = new ArrayList<>();

  private Path lastOutput() {
    return attemptsSoFar.getLast().output();
  }

  private Attempt attempt() throws IOException {
    Attempt attempt = workshop.attempt(Recipe.of("24.10.0-sample", "x86/64", "generic"));
    Folders.make(attempt.tree());
    Folders.make(attempt.output());
    attemptsSoFar.add(attempt);
    return attempt;
  }

  private int bash(String script) throws InterruptedException, IOException {
    Attempt attempt = attempt();
    Path socket = Files.createFile(attempt.dir().resolve("no-proxy"));
    return run(attempt, socket, script);
  }

  private int run(Attempt attempt, Path socket, String script) throws InterruptedException {
    return workshop
        .sandbox()
        .run(
            attempt,
            socket,
            List.of("bash", "-c", script),
            new Lines() {
              @Override
              public void out(String line) {
                hear(line);
              }

              @Override
              public void err(String line) {
                hear(line);
              }
            });
  }

  private BuildFailed failure(String script) {
    return Objects.requireNonNull(
        catchThrowableOfType(BuildFailed.class, () -> bash(script)), "the run did not fail");
  }

  private synchronized void hear(String line) {
    said.add(line);
  }

  private synchronized boolean heard(String line) {
    return said.contains(line);
  }

  /** Long, and by it a sleep is told from those of any other run of these tests. */
  private static String noOthersTime() {
    return "4321." + ThreadLocalRandom.current().nextLong(1L << 40);
  }

  private static List<String> processesWith(String time) {
    return ProcessHandle.allProcesses()
        .map(each -> each.info().commandLine().orElse(""))
        .filter(line -> line.contains("sleep " + time))
        .toList();
  }

  private static Workshop newWorkshop(Limits limits) {
    try {
      return new Workshop(URI.create("http://127.0.0.1:9"), limits);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
