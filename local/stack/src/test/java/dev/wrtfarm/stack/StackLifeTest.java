package dev.wrtfarm.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.wrtfarm.launcher.ChildProcess;
import dev.wrtfarm.launcher.JavaCommand;
import dev.wrtfarm.launcher.Program;
import dev.wrtfarm.launcher.SystemUser;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What survives which end of the stack. The tests share a folder, and each its own names. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StackLifeTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final RunningStack stack = RunningStack.onFreshFolder();

  @BeforeEach
  void start() {
    if (!stack.process().isAlive()) {
      stack.startAgain();
    }
  }

  @AfterAll
  void end() throws Exception {
    stack.close();
  }

  @Test
  void a_second_start_finds_all_data_under_the_same_addresses() throws Exception {
    stack.client().execute("CREATE TABLE kept AS SELECT 'a row' AS value");
    stack.client().put("kept/object", "an object");
    stack.client().createTopic("kept");
    stack.client().send("kept", "before");
    Map<String, String> endpoints = stack.endpoints();

    stack.stop();
    assertThat(stack.process().awaitEnd()).isZero();
    stack.startAgain();

    assertThat(stack.endpoints()).isEqualTo(endpoints);
    assertThat(stack.client().query("SELECT value FROM kept")).isEqualTo("a row");
    assertThat(stack.client().get("kept/object")).isEqualTo("an object");
    stack.client().send("kept", "after");
    assertThat(stack.client().receive("kept", 2)).containsExactly("before", "after");
  }

  @Test
  void after_a_kill_the_orphan_goes_and_the_committed_row_is_there() throws Exception {
    stack.client().execute("CREATE TABLE orphaned AS SELECT 'a row' AS value");
    stack.client().createTopic("orphaned");
    Map<String, String> endpoints = stack.endpoints();
    List<ProcessHandle> orphans = stack.children();
    assertThat(orphans).isNotEmpty();

    stack.kill();
    assertThat(orphans).anyMatch(ProcessHandle::isAlive);
    stack.startAgain();

    awaitEnd(orphans);
    assertThat(stack.endpoints()).isEqualTo(endpoints);
    assertThat(stack.client().query("SELECT value FROM orphaned")).isEqualTo("a row");
    stack.client().send("orphaned", "after");
  }

  @Test
  void taken_ports_are_replaced_and_the_data_stays() throws Exception {
    stack.client().execute("CREATE TABLE moved AS SELECT 'a row' AS value");
    stack.client().put("moved/object", "an object");
    stack.client().createTopic("moved");
    Map<String, String> endpoints = stack.endpoints();
    Map<String, String> settings =
        PrivateProperties.read(stack.data().resolve("settings.properties"));
    stack.stop();
    try (ServerSocket postgres = take(settings, "postgres.port");
        ServerSocket kafka = take(settings, "kafka.port");
        ServerSocket controller = take(settings, "kafka.controller.port");
        ServerSocket s3 = take(settings, "s3.port")) {
      stack.startAgain();
      assertThat(stack.endpoints().values())
          .doesNotContain(
              endpoints.get("kafka.bootstrap.servers"), endpoints.get("wrtfarm.s3.endpoint"));
      assertThat(stack.client().query("SELECT value FROM moved")).isEqualTo("a row");
      assertThat(stack.client().get("moved/object")).isEqualTo("an object");
      stack.client().send("moved", "to the same topic");
      assertThat(URI.create(stack.endpoints().get("wrtfarm.s3.endpoint")).getPort())
          .isNotIn(postgres.getLocalPort(), kafka.getLocalPort(), s3.getLocalPort())
          .isNotEqualTo(controller.getLocalPort());
    }
  }

  @Test
  void a_broker_that_cannot_use_its_files_begins_anew() throws Exception {
    stack.client().createTopic("lost");
    stack.stop();
    Files.writeString(stack.data().resolve("kafka/meta.properties"), "nonsense");
    assertThatThrownBy(stack::startAgain).hasMessageContaining("Kafka broker cannot be started");
    stack.startAgain();
    stack.client().createTopic("lost");
  }

  @Test
  void the_end_of_its_input_ends_it_with_all_its_children() throws Exception {
    stack.stop();
    Process process = new ProcessBuilder(stack.sameAgain().argv()).start();
    try (var output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("READY");
      List<ProcessHandle> children = process.descendants().toList();
      assertThat(children).isNotEmpty();
      process.getOutputStream().close();
      assertThat(process.waitFor(LIMIT)).isTrue();
      assertThat(process.exitValue()).isZero();
      awaitEnd(children);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void it_does_not_outlive_its_database() throws Exception {
    stack.handle().children().forEach(ProcessHandle::destroyForcibly);
    assertThat(stack.process().awaitEnd()).isEqualTo(1);
    assertThat(stack.process().tail()).contains("PostgreSQL ended with exit code 137");
  }

  @Test
  void what_is_left_of_a_killed_database_does_not_keep_the_next_one_from_starting()
      throws Exception {
    ProcessHandle head = stack.handle().children().findFirst().orElseThrow();
    ProcessHandle left = head.children().findFirst().orElseThrow();
    // As one that waits for a slow disk, it cannot see that its head is gone.
    Process kill = new ProcessBuilder("kill", "-STOP", Long.toString(left.pid())).start();
    assertThat(kill.waitFor()).isZero();
    head.destroyForcibly();
    assertThat(stack.process().awaitEnd()).isEqualTo(1);
    assertThat(left.isAlive()).isTrue();

    stack.startAgain();

    awaitEnd(List.of(left));
    assertThat(stack.client().query("SELECT 1")).isEqualTo("1");
  }

  @Test
  void root_is_refused_in_one_sentence(@TempDir Path folder) throws Exception {
    if (!SystemUser.isRoot()) {
      System.err.println("NOT TESTED, this is not root: that the stack refuses to run as root");
    }
    assumeThat(SystemUser.isRoot()).isTrue();
    Path jar = Path.of(System.getProperty("wrtfarm.home"), "local/stack/target/dist/stack.jar");
    Program program =
        Program.of(
            "stack",
            List.of(
                JavaCommand.java().toString(), "-jar", jar.toString(), "--data", folder.toString()),
            folder,
            folder.resolve("log"));
    ChildProcess child = ChildProcess.start(program);
    assertThat(child.awaitEnd()).isEqualTo(1);
    child.stop();
    assertThat(child.tail()).contains("start it as an ordinary user; `wrtfarm up` does that");
  }

  /** Those whose parent was killed end by themselves, soon. */
  private static void awaitEnd(List<ProcessHandle> processes) throws Exception {
    for (ProcessHandle each : processes) {
      each.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private static ServerSocket take(Map<String, String> settings, String key) throws Exception {
    return new ServerSocket(
        Integer.parseInt(settings.getOrDefault(key, "none")), 1, InetAddress.getLoopbackAddress());
  }
}
