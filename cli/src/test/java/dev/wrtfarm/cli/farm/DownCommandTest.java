package dev.wrtfarm.cli.farm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.cli.CliRun;
import dev.wrtfarm.cli.data.DataFolder;
import dev.wrtfarm.cli.data.FarmState;
import dev.wrtfarm.cli.data.FarmState.Owner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownCommandTest {
  @TempDir private Path folder;
  private Process process;

  @BeforeEach
  void a_process_as_long_as_it_is_let() throws IOException {
    process = new ProcessBuilder("sleep", "600").start();
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  @Test
  void the_process_that_runs_the_farm_is_stopped() throws Exception {
    stateNames(Owner.of(process.toHandle()).orElseThrow());

    CliRun run = CliRun.in(folder, "down", "--data", "farm");

    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("stopped the farm");
    // It is gone; that this JVM has noted so may take a moment more.
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void a_process_that_got_the_same_id_later_is_left_alone() throws IOException {
    Owner owner = Owner.of(process.toHandle()).orElseThrow();
    stateNames(new Owner(owner.pid(), owner.started(), "another boot/" + 4711));

    CliRun run = CliRun.in(folder, "down", "--data", "farm");

    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("no farm runs");
    assertThat(process.isAlive()).isTrue();
  }

  @Test
  void a_farm_is_found_although_the_clock_was_set_since_it_began() throws IOException {
    Owner owner = Owner.of(process.toHandle()).orElseThrow();
    stateNames(new Owner(owner.pid(), owner.started().plusSeconds(3600), owner.birth()));

    CliRun run = CliRun.in(folder, "status", "--data", "farm");

    assertThat(run.out()).doesNotContain("no farm runs");
  }

  @Test
  void a_farm_of_an_older_version_which_knew_no_birth_is_found_by_its_start() throws IOException {
    Owner owner = Owner.of(process.toHandle()).orElseThrow();

    assertThat(new Owner(owner.pid(), owner.started(), null).process()).isPresent();
    assertThat(new Owner(owner.pid(), owner.started().minusSeconds(60), null).process()).isEmpty();
  }

  @Test
  void nothing_to_stop_is_no_error() {
    CliRun run = CliRun.in(folder, "down", "--data", "nowhere");

    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("no farm runs in " + folder.resolve("nowhere"));
  }

  @Test
  void status_works_when_nothing_runs() {
    CliRun run = CliRun.in(folder, "status", "--data", "nowhere");

    assertThat(run.out()).contains("no farm runs in", "./wrtfarm up", "api ");
  }

  private void stateNames(Owner owner) throws IOException {
    new FarmState("http://127.0.0.1:1", owner, true, "sample", List.of())
        .write(new DataFolder(folder.resolve("farm")));
  }
}
