package dev.wrtfarm.cli.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrtfarm.cli.CliRun;
import dev.wrtfarm.cli.data.DataFolder;
import dev.wrtfarm.cli.data.FarmState;
import dev.wrtfarm.cli.data.FarmState.Owner;
import dev.wrtfarm.cli.data.FarmState.ProgramState;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.problem.CommandFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code up} says before it starts anything. */
class UpCommandTest {
  @TempDir private Path folder;

  @Test
  void a_farm_that_runs_already_is_left_as_it_is() throws IOException {
    new FarmState("http://127.0.0.1:4711", Owner.self(), true, "sample", List.of())
        .write(new DataFolder(folder.resolve("farm")));

    CliRun run = CliRun.in(folder, "up", "--data", "farm");

    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("runs already");
    assertThat(run.out()).isEqualToIgnoringNewLines("http://127.0.0.1:4711");
  }

  @Test
  void a_farm_that_runs_without_an_agent_gets_no_slot_and_says_so() throws IOException {
    new FarmState("http://127.0.0.1:4711", Owner.self(), true, "sample", List.of())
        .write(new DataFolder(folder.resolve("farm")));

    CliRun run = CliRun.in(folder, "up", "--data", "farm", "--flash-slot", "c=emulated");

    assertThat(run.code()).isZero();
    assertThat(run.err())
        .contains("no flash agent", "./wrtfarm down --data " + folder.resolve("farm"));
  }

  @Test
  void a_farm_of_which_a_program_is_down_is_not_called_ready() throws IOException {
    ProgramState api = new ProgramState("api", "waiting", null, null, 1, "exit code 1", "api.log");
    new FarmState("http://127.0.0.1:4711", Owner.self(), true, "sample", List.of(api))
        .write(new DataFolder(folder.resolve("farm")));

    CliRun run = CliRun.in(folder, "up", "--data", "farm");

    assertThat(run.code()).isEqualTo(6);
    assertThat(run.err()).contains("api", "waiting");
  }

  @Test
  void a_taken_port_is_named_with_the_way_out() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      CliRun run = CliRun.in(folder, "up", "--data", "farm", "--port", port);

      assertThat(run.code()).isEqualTo(6);
      assertThat(run.err()).contains("port " + port, "--port 0");
    }
  }

  @Test
  void a_data_folder_that_cannot_be_made_says_why_in_words() throws IOException {
    Files.writeString(folder.resolve("file"), "");

    for (String data : List.of("file", "file/below", "/proc/nowhere")) {
      CliRun run = CliRun.in(folder, "up", "--port", "0", "--data", data);

      assertThat(run.code()).isEqualTo(6);
      assertThat(run.err()).contains("cannot be made", "--data").doesNotContain("Exception");
    }
  }

  @Test
  void numbers_and_folders_that_cannot_be_are_wrong_usage() {
    assertThat(CliRun.in(folder, "up", "--port", "70000").code()).isEqualTo(2);
    assertThat(CliRun.in(folder, "up", "--port=-1").code()).isEqualTo(2);
    assertThat(CliRun.in(folder, "up", "--workers", "1000").code()).isEqualTo(2);
    assertThat(CliRun.in(folder, "up", "--data", "a,b").code()).isEqualTo(2);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void an_upstream_that_is_no_url_is_wrong_usage() {
    CliRun run = CliRun.in(folder, "up", "--upstream", "ftp.example");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("'ftp.example' is no upstream", "'sample'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "card-1",
        "Card=emulated",
        "=emulated",
        "card-1=sd",
        "card-1=loop:/dev/sda",
        "card-1=file:relative.img",
        "card-1=/dev/sda"
      })
  void a_slot_that_is_none_is_wrong_usage(String slot) {
    CliRun run = CliRun.in(folder, "up", "--flash-slot", slot);

    assertThat(run.code()).isEqualTo(2);
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"c=loop:/dev/loop9999", "c=file:/nonexistent/card.img"})
  void root_lends_nothing_that_is_not_there_and_hears_so_before_anything_starts(String slot) {
    FarmPlan plan =
        new FarmPlan(
            folder,
            new DataFolder(folder.resolve("data")),
            4711,
            Upstream.OFFICIAL,
            1,
            true,
            List.of(new FlashSlot.Converter().convert(slot)));
    Surroundings root = new Surroundings(Map.of(), folder, folder, true);

    assertThatThrownBy(() -> new Preconditions(plan, root).check())
        .isInstanceOfSatisfying(
            CommandFailed.class,
            failed -> {
              assertThat(failed.exitCode()).isEqualTo(2);
              assertThat(failed.hint()).isNotBlank();
            })
        .hasMessageContaining("--flash-slot " + slot + ": there is no");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void what_to_type_next_names_the_data_folder_only_where_it_was_typed() {
    Surroundings user = new Surroundings(Map.of("HOME", "/home/u"), folder, folder, false);

    assertThat(CommandLine.populateCommand(new UpOptions()).again(user)).isEmpty();
    assertThat(CommandLine.populateCommand(new UpOptions(), "--data", "x").again(user))
        .isEqualTo(" --data " + folder.resolve("x"));
    assertThat(CommandLine.populateCommand(new UpOptions(), "--data", "/my x'y").again(user))
        .as("as a shell takes it")
        .isEqualTo(" --data '/my x'\\''y'");
  }

  @Test
  void a_slots_name_twice_is_wrong_usage() {
    CliRun run =
        CliRun.in(folder, "up", "--flash-slot=c=emulated", "--flash-slot=c=loop:/dev/loop7");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("twice");
  }

  @Test
  void a_programs_configuration_is_for_its_user_alone() throws IOException {
    Path file = folder.resolve("config/api.properties");

    ConfigFile.write(file, Map.of("password", "a=b\\c"), null);

    assertThat(Files.getPosixFilePermissions(file)).hasToString("[OWNER_READ, OWNER_WRITE]");
    assertThat(Files.readString(file)).contains("password=a\\=b\\\\c", "config_ordinal=275");
  }
}
