package dev.wrtfarm.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void the_median_of_an_odd_number_is_the_middle_one() {
    assertThat(new Samples(List.of(9.0, 1.0, 5.0)).median()).isEqualTo(5);
  }

  @Test
  void the_median_of_an_even_number_lies_between_the_two_in_the_middle() {
    assertThat(new Samples(List.of(8.0, 1.0, 4.0, 100.0)).median()).isEqualTo(6);
  }

  @Test
  void one_outlier_moves_the_range_but_not_the_median() {
    Samples samples = new Samples(List.of(3.0, 2.0, 900.0, 1.0, 3.0));

    assertThat(samples.median()).isEqualTo(3);
    assertThat(samples.min()).isEqualTo(1);
    assertThat(samples.max()).isEqualTo(900);
    assertThat(samples.count()).isEqualTo(5);
  }

  @Test
  void a_figure_without_samples_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Samples(List.of()));
  }
}
