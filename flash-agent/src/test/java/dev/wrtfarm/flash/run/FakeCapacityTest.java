package dev.wrtfarm.flash.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.flash.medium.Medium;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Cards that are smaller than they say. */
class FakeCapacityTest {

  private static final int MIB = 1 << 20;

  private final FaultyMedium card = new FaultyMedium(64 * MIB);
  private final MemoryImage image = MemoryImage.random(9 * MIB + 512);
  private final Attempt attempt = new Attempt(card, image);

  @Test
  void a_card_that_wraps_around_is_found_and_measured() {
    card.wrapsAt = 24 * MIB / Medium.BLOCK;

    FlashReport report = attempt.run();

    assertEquals(Verdict.FAKE_CAPACITY, report.verdict(), report.toString());
    assertEquals(24L * MIB, report.estimatedSize());
    assertTrue(report.message().contains("it has about 25165824 bytes"), report.message());
  }

  @Test
  void a_card_that_forgets_its_upper_half_is_found_though_the_image_fits() {
    card.drops = block -> block >= 32 * MIB / Medium.BLOCK;

    FlashReport report = attempt.run();

    assertEquals(Verdict.FAKE_CAPACITY, report.verdict(), report.toString());
    long estimate = Objects.requireNonNull(report.estimatedSize());
    assertTrue(estimate <= 32L * MIB && estimate > 9 * MIB, report.toString());
  }

  @Test
  void a_card_that_refuses_its_upper_half_is_smaller_than_it_says() {
    card.refuses = block -> block >= 32 * MIB / Medium.BLOCK;

    assertEquals(Verdict.FAKE_CAPACITY, attempt.run().verdict());
  }

  @Test
  void an_image_larger_than_the_real_card_is_never_begun() {
    card.content().fill((byte) 0x31);
    card.drops = block -> block >= 5 * MIB / Medium.BLOCK;

    FlashReport report = attempt.run();

    assertEquals(Verdict.FAKE_CAPACITY, report.verdict(), report.toString());
    assertTrue(Objects.requireNonNull(report.estimatedSize()) <= 5 * MIB);
    assertFalse(report.phaseMillis().containsKey("write"));
  }

  @Test
  void a_worn_end_does_not_make_a_card_smaller_than_it_says() {
    card.content().fill((byte) 0x31);
    card.drops = block -> block >= 63 * MIB / Medium.BLOCK;

    assertEquals(Verdict.GHOST_WRITE, attempt.run().verdict());
  }

  @Test
  void what_the_image_left_of_a_canary_shows_a_card_that_wraps_around_late() {
    // one block only, so that no two canaries meet: the image must be what gives it away
    long canary = 64L * MIB / Medium.BLOCK - 1;
    card.mangles =
        (block, content) -> {
          if (block == 777) {
            card.content().asSlice(canary * Medium.BLOCK, Medium.BLOCK).copyFrom(content);
          }
        };

    FlashReport report = attempt.run();

    assertEquals(Verdict.FAKE_CAPACITY, report.verdict(), report.toString());
  }
}
