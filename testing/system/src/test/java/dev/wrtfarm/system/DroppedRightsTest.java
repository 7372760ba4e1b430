package dev.wrtfarm.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever starts the farm: neither the database nor a worker runs as root. */
@ExtendWith(SharedFarm.class)
class DroppedRightsTest {
  private static final Optional<String> ROOT = Optional.of("root");

  private final TestFarm farm;

  DroppedRightsTest(TestFarm farm) {
    this.farm = farm;
  }

  @Test
  void no_program_of_the_farm_runs_as_root() {
    List<ProcessHandle> programs = farm.programs();
    assertThat(programs).hasSizeGreaterThanOrEqualTo(5);
    assertThat(programs)
        .allSatisfy(program -> assertThat(program.info().user()).isPresent().isNotEqualTo(ROOT));
  }
}
