package dev.wrtfarm.bench.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrtfarm.bench.process.BenchFailed;
import java.net.URI;
import org.junit.jupiter.api.Test;

class BareTreeTest {
  private static final URI SERVER = URI.create("http://127.0.0.1:4711");

  @Test
  void feeds_point_at_the_server_that_the_farm_asks() {
    assertThat(
            BareTree.here("src/gz base http://downloads.sample.invalid/releases/x/base\n", SERVER))
        .isEqualTo("src/gz base http://127.0.0.1:4711/releases/x/base\n");
  }

  @Test
  void feeds_elsewhere_would_measure_something_else() {
    assertThatThrownBy(() -> BareTree.here("https://downloads.openwrt.org/base\n", SERVER))
        .isInstanceOf(BenchFailed.class)
        .hasMessageContaining("downloads.openwrt.org");
  }
}
