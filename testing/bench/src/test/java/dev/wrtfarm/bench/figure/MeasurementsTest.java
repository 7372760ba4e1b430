package dev.wrtfarm.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MeasurementsTest {
  private final Measurements measurements = new Measurements();

  @Test
  void a_ratio_compares_round_by_round() {
    // The machine was ten times as slow in the second round.
    for (int millis : new int[] {40, 500, 60}) {
      measurements.time("bare", Duration.ofMillis(millis));
    }
    for (int millis : new int[] {100, 1000, 90}) {
      measurements.time("real", Duration.ofMillis(millis), "bare");
    }

    assertThat(measurements.figures()).extracting(Figure::name).containsExactly("bare", "real");
    assertThat(measurements.figures().getFirst().ratios()).isEmpty();
    assertThat(measurements.figures().getLast().ratios())
        .hasValueSatisfying(ratios -> {
          assertThat(ratios.values()).containsExactly(2.5, 2.0, 1.5);
          assertThat(ratios.median()).isEqualTo(2);
        });
  }

  @Test
  void a_reference_must_be_of_the_same_rounds() {
    measurements.time("bare", Duration.ofMillis(1));
    measurements.time("bare", Duration.ofMillis(1));
    measurements.time("real", Duration.ofMillis(1), "bare");

    assertThatIllegalStateException()
        .isThrownBy(measurements::figures)
        .withMessageContaining("'real' was measured 1 times");
  }

  @Test
  void there_is_no_ratio_against_nothing() {
    measurements.time("nothing", Duration.ZERO);
    measurements.time("real", Duration.ofMillis(1), "nothing");

    assertThat(measurements.figures().getLast().ratios()).isEmpty();
  }

  @Test
  void a_reference_that_was_not_measured_is_a_mistake() {
    measurements.time("real", Duration.ofMillis(1), "bare");

    assertThatIllegalStateException()
        .isThrownBy(measurements::figures)
        .withMessageContaining("'real' refers to 'bare'");
  }

  @Test
  void time_is_not_compared_with_memory() {
    measurements.bytes("bare", 1, null);
    measurements.time("real", Duration.ofMillis(1), "bare");

    assertThatIllegalStateException().isThrownBy(measurements::figures);
  }
}
