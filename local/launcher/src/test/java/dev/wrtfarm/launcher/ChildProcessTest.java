package dev.wrtfarm.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void a_line_of_output_makes_it_ready_and_all_output_goes_to_the_log() throws Exception {
    Program program =
        SamplePrograms.script(folder, "echo one; echo two >&2; echo READY; cat")
            .readyWhen(Readiness.line("READY", LIMIT));
    try (ChildProcess child = ChildProcess.startReady(program)) {
      assertThat(child.isAlive()).isTrue();
      Eventually.await(
          "all lines are logged",
          LIMIT,
          () -> logged(program).equals(List.of("one", "two", "READY")));
    }
  }

  @Test
  void a_part_of_a_line_is_not_that_line() {
    Program program =
        SamplePrograms.script(folder, "echo NOT READY; cat")
            .readyWhen(Readiness.line("READY", Duration.ofMillis(300)));
    try (ChildProcess child = ChildProcess.start(program)) {
      Eventually.await("it says so", LIMIT, () -> child.tail().contains("NOT READY"));
      assertThatThrownBy(child::awaitReady)
          .isInstanceOf(ProgramFailed.class)
          .hasMessageContaining("script was not ready after 0 s")
          .hasMessageContaining("NOT READY");
    }
  }

  @Test
  void an_early_end_is_reported_with_exit_code_and_the_end_of_the_log() {
    Program program =
        SamplePrograms.script(folder, "echo the disk is on fire; exit 7")
            .readyWhen(new Readiness.Output(Pattern.compile("never"), LIMIT));
    assertThatThrownBy(() -> ChildProcess.startReady(program))
        .isInstanceOf(ProgramFailed.class)
        .hasMessageContaining("script ended with exit code 7 before it was ready")
        .hasMessageContaining(program.log().toString())
        .hasMessageContaining("the disk is on fire");
  }

  @Test
  void a_missing_program_is_named() {
    Program program =
        Program.of("ghost", List.of("/nonexistent/ghost"), folder, folder.resolve("ghost.log"))
            .readyWhen(Readiness.line("READY", LIMIT));
    assertThatThrownBy(() -> ChildProcess.startReady(program))
        .isInstanceOf(ProgramFailed.class)
        .hasMessageContaining("/nonexistent/ghost");
  }

  @Test
  void an_http_200_makes_it_ready() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    int[] asked = {0};
    server.createContext(
        "/ready",
        exchange -> {
          asked[0]++;
          exchange.sendResponseHeaders(asked[0] < 3 ? 503 : 200, -1);
          exchange.close();
        });
    server.start();
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/ready");
    try (ChildProcess child =
        ChildProcess.start(SamplePrograms.cat(folder).readyWhen(Readiness.http(url, LIMIT)))) {
      assertThat(child.awaitReady()).isPositive();
      // One that took us too long was asked for in vain.
      assertThat(asked[0]).isGreaterThanOrEqualTo(3);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void what_does_not_stop_is_killed_with_its_children() {
    Program program =
        SamplePrograms.script(folder, "trap '' TERM; sleep 1000 & echo $!; echo READY; wait; wait")
            .readyWhen(Readiness.line("READY", LIMIT));
    ChildProcess child = ChildProcess.startReady(program);
    long grandchild = Long.parseLong(child.tail().lines().findFirst().orElseThrow());
    child.stop(Duration.ofMillis(200));
    assertThat(child.isAlive()).isFalse();
    Eventually.await("the grandchild is gone", LIMIT, () -> isGone(grandchild));
  }

  @Test
  void only_named_variables_reach_it() {
    Program program =
        SamplePrograms.script(folder, "env | sort; echo READY; cat")
            .withEnvironment("WRTFARM_COLOUR", "green")
            .readyWhen(Readiness.line("READY", LIMIT));
    try (ChildProcess child = ChildProcess.startReady(program)) {
      assertThat(child.tail().lines().map(line -> line.split("=", 2)[0]))
          .contains("PATH", "WRTFARM_COLOUR")
          .doesNotContain("JAVA_HOME", "MAVEN_PROJECTBASEDIR", "USER");
    }
  }

  @Test
  void a_java_program_ends_in_order_at_the_end_of_its_input() throws Exception {
    Program program =
        SamplePrograms.java(folder, HangingProgram.class).readyWhen(Readiness.line("READY", LIMIT));
    ChildProcess child = ChildProcess.startReady(program);
    child.stop();
    assertThat(child.awaitEnd()).isIn(0, 143);
    Eventually.await(
        "its last words are logged", LIMIT, () -> logged(program).contains("ending in order"));
  }

  @Test
  void a_program_ends_when_its_parent_is_killed() throws Exception {
    Program program =
        SamplePrograms.java(folder, ParentProgram.class, folder.resolve("below").toString())
            .readyWhen(new Readiness.Output(Pattern.compile("^child \\d+$"), LIMIT));
    folder.resolve("below").toFile().mkdir();
    ChildProcess parent = ChildProcess.startReady(program);
    long grandchild = Long.parseLong(parent.tail().strip().split(" ", -1)[1]);
    assertThat(isGone(grandchild)).isFalse();
    ProcessHandle.of(parent.pid()).orElseThrow().destroyForcibly();
    assertThat(parent.awaitEnd()).isEqualTo(137);
    Eventually.await("the grandchild is gone", LIMIT, () -> isGone(grandchild));
  }

  private static boolean isGone(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
  }

  private static List<String> logged(Program program) {
    try {
      return Files.readAllLines(program.log());
    } catch (IOException e) {
      return List.of();
    }
  }
}
