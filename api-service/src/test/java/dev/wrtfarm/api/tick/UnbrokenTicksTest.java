package dev.wrtfarm.api.tick;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnbrokenTicksTest {
  private final UnbrokenTicks ticks = new UnbrokenTicks(Duration.ofSeconds(45));

  @Test
  void a_replica_reaps_after_45_seconds_of_its_own_ticks() {
    for (int second = 0; second < 45; second += 5) {
      assertThat(tick(second)).as("second %d", second).isFalse();
    }
    assertThat(tick(45)).isTrue();
    assertThat(tick(50)).isTrue();
  }

  @Test
  void a_gap_begins_the_count_anew() {
    for (int second = 0; second <= 100; second += 5) {
      tick(second);
    }
    assertThat(tick(131)).isFalse();
    assertThat(tick(160)).isFalse();
    assertThat(tick(176)).isTrue();
  }

  @Test
  void a_short_pause_is_no_gap() {
    tick(0);
    assertThat(tick(29)).isFalse();
    assertThat(tick(58)).isTrue();
  }

  private boolean tick(int second) {
    return ticks.tick(Duration.ofSeconds(second).toNanos());
  }
}
