package dev.wrtfarm.cli.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code ./wrtfarm} on machines that lack something. It must answer before it builds:
 * the build that runs this test holds the lock.
 */
class ScriptTest {
  private static final List<String> BASICS =
      List.of("bash", "readlink", "dirname", "sed", "find", "id", "sort", "stat", "grep", "paste");

  @TempDir private Path machine;
  private Path programs;
  private Path jdks;

  @BeforeEach
  void a_machine_with_almost_nothing() throws IOException {
    programs = Files.createDirectories(machine.resolve("bin"));
    jdks = Files.createDirectories(machine.resolve("jdks"));
    for (String name : BASICS) {
      Files.createSymbolicLink(programs.resolve(name), whereIs(name));
    }
  }

  @Test
  void without_any_jdk_it_says_in_one_line_where_to_get_one() throws Exception {
    Outcome outcome = run("--help");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.output().lines())
        .singleElement()
        .asString()
        .contains("needs a JDK 25", "openjdk-25-jdk-headless", "Temurin", "JAVA_HOME");
  }

  @Test
  void an_old_jdk_does_not_count() throws Exception {
    fakeJdk("old", "17.0.15");

    assertThat(run("--help").output()).contains("needs a JDK 25 and found none");
  }

  @Test
  void missing_packages_are_named_with_the_command_that_installs_them() throws Exception {
    fakeJdk("new", "25.0.1");
    program("apt-get", "exit 9");

    Outcome outcome = run("up", "--no-install");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.output().lines())
        .singleElement()
        .asString()
        .contains("apt-get install -y --no-install-recommends", "bubblewrap", "gawk", "zstd");
  }

  @Test
  void without_apt_the_missing_packages_are_named_all_the_same() throws Exception {
    fakeJdk("new", "25.0.1");

    assertThat(run("demo").output()).contains("packages are missing", "bubblewrap");
  }

  @Test
  void an_unknown_module_is_answered_with_those_there_are() throws Exception {
    fakeJdk("new", "25.0.1");

    Outcome outcome = run("test", "nonsense");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.output()).contains("no module 'nonsense'", "common", "api-service", "cli");
  }

  private void fakeJdk(String name, String version) throws IOException {
    Path jdk = jdks.resolve(name);
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    script(jdk.resolve("bin/javac"), "exit 9");
  }

  private void program(String name, String body) throws IOException {
    script(programs.resolve(name), body);
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static Path whereIs(String name) {
    for (String folder : System.getenv("PATH").split(":")) {
      Path file = Path.of(folder, name);
      if (Files.isExecutable(file)) {
        return file;
      }
    }
    throw new IllegalStateException("this machine has no " + name);
  }

  private Outcome run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(programs.resolve("bash").toString());
    command.add(Path.of(System.getProperty("wrtfarm.home"), "wrtfarm").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", programs.toString());
    environment.put("HOME", machine.toString());
    environment.put("WRTFARM_JDKS", jdks.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), output);
  }

  private record Outcome(int code, String output) {}
}
