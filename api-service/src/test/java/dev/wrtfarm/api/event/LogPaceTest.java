package dev.wrtfarm.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.log.LogGrown;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogPaceTest {
  private final List<LogGrown> told = new ArrayList<>();
  private final LogPace pace = new LogPace(told::add);

  @Test
  void the_first_is_told_at_once_and_then_the_newest_at_each_beat() {
    pace.grown(log("a", 0));
    pace.grown(log("a", 1));
    pace.grown(log("b", 0));
    pace.grown(log("a", 2));
    assertThat(told).containsExactly(log("a", 0), log("b", 0));
    pace.beat();
    assertThat(told).containsExactly(log("a", 0), log("b", 0), log("a", 2));
    pace.grown(log("b", 1));
    pace.grown(log("a", 3));
    assertThat(told).as("b was silent for a beat, a was not").last().isEqualTo(log("b", 1));
    pace.beat();
    assertThat(told).hasSize(5).last().isEqualTo(log("a", 3));
    pace.beat();
    pace.beat();
    assertThat(told).hasSize(5);
  }

  private static LogGrown log(String build, int sequence) {
    return new LogGrown(build, 1, sequence);
  }
}
