package dev.wrtfarm.cli.farm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.cli.data.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On file systems that are the same everywhere: /proc never takes O_DIRECT, a disk does. */
class CardPlacesTest {
  private static final Path NEVER = Path.of("/proc/version");

  @Test
  void a_file_that_no_agent_can_flash_is_named_with_a_remedy() {
    assertThat(CardPlaces.unfit(plan(NEVER)))
        .singleElement()
        .asString()
        .contains("slot c", NEVER.toString(), "O_DIRECT", "/var/tmp")
        .doesNotContain("\n");
  }

  @Test
  void on_a_disk_there_is_nothing_to_say() throws IOException {
    Path file = Files.createTempFile(Path.of("/var/tmp"), "wrtfarm-test-", ".img");
    try {
      assertThat(CardPlaces.unfit(plan(file))).isEmpty();
      assertThat(DirectAccess.isPossibleIn(Path.of("/var/tmp"))).isTrue();
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void what_is_not_there_yet_is_left_to_the_agent() {
    assertThat(CardPlaces.unfit(plan(Path.of("/var/tmp/wrtfarm-test-none.img")))).isEmpty();
    assertThat(DirectAccess.isPossibleIn(Path.of("/proc"))).isFalse();
  }

  private static FarmPlan plan(Path file) {
    return new FarmPlan(
        Path.of("/var/tmp"),
        new DataFolder(Path.of("/var/tmp/wrtfarm-test-data")),
        4711,
        new Upstream.Sample(),
        1,
        true,
        List.of(new FlashSlot("c", new FlashSlot.Card.RegularFile(file))));
  }
}
