package dev.wrtfarm.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CpuTimeTest {
  @Test
  void own_time_and_that_of_ended_children_are_added_up() {
    String stat = "42 (a) b) c) S 1 42 42 0 -1 4194560 1 2 3 4 500 60 7 8 20 0 1 0 99 1000 10";

    assertThat(CpuTime.parse(stat)).isEqualTo(575);
  }

  @Test
  void our_own_process_has_used_some() {
    assertThat(CpuTime.of(ProcessHandle.current().pid())).isPositive();
  }
}
