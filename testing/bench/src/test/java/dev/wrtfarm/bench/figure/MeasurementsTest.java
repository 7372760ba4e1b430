package dev.wrtfarm.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MeasurementsTest {
  private final Measurements measurements = new Measurements();

  @Test
  void a_ratio_compares_the_medians() {
    for (int millis : new int[] {40, 50, 600}) {
      measurements.time("bare", Duration.ofMillis(millis));
    }
    for (int millis : new int[] {100, 90, 125}) {
      measurements.time("real", Duration.ofMillis(millis), "bare");
    }

    assertThat(measurements.figures()).extracting(Figure::name).containsExactly("bare", "real");
    assertThat(measurements.figures().getFirst().ratio()).isEmpty();
    assertThat(measurements.figures().getLast().ratio()).hasValue(2);
  }

  @Test
  void there_is_no_ratio_against_nothing() {
    measurements.time("nothing", Duration.ZERO);
    measurements.time("real", Duration.ofMillis(1), "nothing");

    assertThat(measurements.figures().getLast().ratio()).isEmpty();
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
