package dev.wrtfarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Input;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.cli.problem.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrtfarmCommandTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(ExitCode.class)
  void help_lists_every_exit_code(ExitCode code) {
    assertThat(CliRun.in(folder, "--help").out())
        .containsPattern("(?m)^ *" + code.code() + " +" + code.meaning());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up",
        "down",
        "status",
        "build",
        "builds",
        "show",
        "log",
        "cancel",
        "profiles",
        "flash",
        "host",
        "slot",
        "card",
        "doctor",
        "demo",
        "compile",
        "test",
        "bench"
      })
  void every_command_explains_itself(String command) {
    CliRun run = CliRun.in(folder, command, "--help");

    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("Usage: wrtfarm " + command);
  }

  @Test
  void a_mistyped_command_is_wrong_usage_and_its_neighbours_are_named() {
    CliRun run = CliRun.in(folder, "buidl");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("buidl", "wrtfarm build");
  }

  @Test
  void whoever_names_no_command_sees_what_there_is() {
    CliRun run = CliRun.in(folder);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("Usage: wrtfarm", "flash", "./wrtfarm demo");
  }

  @Test
  void whoever_types_help_gets_it() {
    assertThat(CliRun.in(folder, "help").out()).startsWith("A build farm");
    assertThat(CliRun.in(folder, "help", "flash").out()).startsWith("Usage: wrtfarm flash");
  }

  @Test
  void what_a_command_does_not_take_is_named_without_the_parsers_jargon() {
    assertThat(CliRun.in(folder, "zzz").err())
        .contains("'zzz' is no command of wrtfarm", "wrtfarm --help");
    assertThat(CliRun.in(folder, "host", "zzz").err())
        .contains("'zzz' is no command of wrtfarm host", "wrtfarm host --help");
    assertThat(CliRun.in(folder, "down", "zzz").err())
        .contains("'zzz' is more than wrtfarm down takes", "wrtfarm down --help");
    assertThat(CliRun.in(folder, "build").err()).contains("PROFILE|FILE").doesNotContain("Error:");
  }

  @Test
  void a_file_that_holds_no_token_is_named_and_never_shown() throws IOException {
    Path file = Files.writeString(folder.resolve("two.token"), "hushhush\nwhatever\n");
    Map<String, String> environment =
        Map.of("HOME", folder.toString(), "WRTFARM_TOKEN_FILE", file.toString());

    CliRun run = CliRun.in(folder, environment, "builds", "--api", "http://127.0.0.1:1");

    assertThat(run.code()).isEqualTo(5);
    assertThat(run.err())
        .contains(file.toString(), "holds no token", "one line")
        .doesNotContain("hushhush");
  }

  @Test
  void help_with_a_command_that_is_none_is_wrong_usage() {
    CliRun run = CliRun.in(folder, "buidl", "--help");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("'buidl' is no command of wrtfarm", "wrtfarm build");
    assertThat(CliRun.in(folder, "host", "zzz", "--help").code()).isEqualTo(2);
  }

  /** As a script's variable is that has no value. */
  @Test
  void a_folder_or_address_without_a_name_is_wrong_usage() {
    for (List<String> words :
        List.of(
            List.of("up", "--data", ""),
            List.of("up", "--data="),
            List.of("down", "--data", ""),
            List.of("status", "--data", " "),
            List.of("build", "sample", "--output", ""),
            List.of("builds", "--api", ""))) {
      CliRun run = CliRun.in(folder, words.toArray(String[]::new));

      assertThat(run.code()).as("%s: %s", words, run.err()).isEqualTo(2);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void an_invalid_option_value_is_wrong_usage() {
    assertThat(CliRun.in(folder, "builds", "--limit", "many").code()).isEqualTo(2);
  }

  @Test
  void output_that_nobody_takes_is_no_success() {
    StringWriter err = new StringWriter();
    PrintWriter full =
        new PrintWriter(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("No space left on device");
              }
            });
    Terminal terminal = Terminal.plain(full, new PrintWriter(err));
    Surroundings surroundings = new Surroundings(Map.of(), folder, folder, false);
    assertThat(CommandTree.of(terminal, surroundings).execute("--version"))
        .isEqualTo(ExitCode.ERROR.code());
    assertThat(err.toString()).contains("standard output could not be written");

    err.getBuffer().setLength(0);
    Terminal head =
        new Terminal(
            new Input(Reader.nullReader(), false),
            full,
            new PrintWriter(err),
            false,
            /* outIsPipe= */ true,
            false,
            false);
    assertThat(CommandTree.of(head, surroundings).execute("--version"))
        .isEqualTo(ExitCode.ERROR.code());
    assertThat(err.toString()).isEmpty();
  }
}
