package dev.wrtfarm.bench.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MakespanTest {
  @Test
  void the_ideal_is_all_work_divided_among_the_workers() {
    // 185 × 40 ms and 15 × 4 s for 8 workers.
    assertThat(Makespan.ideal().toMillis()).isEqualTo(8_425);
  }

  @Test
  void in_order_of_arrival_somebody_ends_last() {
    assertThat(Makespan.inOrder()).isGreaterThan(Makespan.ideal());
    assertThat(Makespan.inOrder().toMillis()).isEqualTo(9_440);
  }
}
