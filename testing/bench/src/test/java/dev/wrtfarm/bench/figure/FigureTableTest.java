package dev.wrtfarm.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FigureTableTest {
  private final Measurements measurements = new Measurements();

  @Test
  void each_figure_has_a_line_and_names_its_reference() {
    measurements.time("bare", Duration.ofMillis(40));
    measurements.time("bare", Duration.ofMillis(60));
    measurements.time("a whole farm", Duration.ofMillis(1500), "bare");
    measurements.time("a whole farm", Duration.ofMillis(1500), "bare");
    measurements.time("next", Duration.ofMillis(61), "bare");
    measurements.time("next", Duration.ofMillis(61), "bare");
    measurements.bytes("memory", 3 << 20, null);

    assertThat(FigureTable.lines(new Section("farm", "start of it", measurements.figures())))
        .containsExactly(
            "farm: start of it",
            "  figure        median  min–max        n  ratio",
            "  bare          50 ms   40 ms–60 ms    2",
            "  a whole farm  1.50 s  1.50 s–1.50 s  2  31 (25–38) × bare",
            "  next          61 ms   61 ms–61 ms    2  1.27 (1.02–1.53) × bare",
            "  memory        3 MiB   3 MiB–3 MiB    1");
  }
}
