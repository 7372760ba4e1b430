package dev.wrtfarm.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FarmPartsTest {
  @Test
  void test_classes_share_the_parts_and_nothing_in_them() {
    Map<String, String> one = new FarmParts().start();
    Map<String, String> other = new FarmParts().start();
    assertThat(one)
        .containsEntry("kafka.bootstrap.servers", other.get("kafka.bootstrap.servers"))
        .doesNotContainEntry(
            "quarkus.datasource.jdbc.url", other.get("quarkus.datasource.jdbc.url"));
  }
}
