package dev.wrtfarm.bench.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class LatenciesTest {
  private final Latencies latencies = new Latencies();

  @Test
  void so_many_of_a_hundred_do_not_exceed_a_percentile() {
    for (int i = 1_000; i > 0; i--) {
      latencies.add(i);
    }

    assertThat(latencies.percentile(50).toNanos()).isEqualTo(500);
    assertThat(latencies.percentile(99).toNanos()).isEqualTo(990);
  }

  @Test
  void a_single_one_is_every_percentile() {
    latencies.add(7);

    assertThat(latencies.percentile(1).toNanos()).isEqualTo(7);
    assertThat(latencies.percentile(99).toNanos()).isEqualTo(7);
  }

  @Test
  void nothing_measured_has_no_percentile() {
    assertThatIllegalStateException().isThrownBy(() -> latencies.percentile(50));
  }
}
