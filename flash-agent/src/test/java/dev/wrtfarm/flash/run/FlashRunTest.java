package dev.wrtfarm.flash.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.flash.medium.Region;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlashRunTest {
  private static final int MIB = 1 << 20;

  private final FaultyMedium card = new FaultyMedium(64 * MIB);
  private final MemoryImage image = MemoryImage.random(9 * MIB + 512);

  @ParameterizedTest
  @EnumSource(Level.class)
  void a_good_card_passes_and_holds_exactly_the_image(Level level) {
    card.content().fill((byte) 0x77);
    Attempt attempt = new Attempt(card, image);
    attempt.level = level;
    attempt.wiped = List.of(new Region(56 * MIB, 8 * MIB));

    FlashReport report = attempt.run();

    assertEquals(Verdict.PASSED, report.verdict(), report.toString());
    assertArrayEquals(image.bytes(), card.bytes(0, image.bytes().length));
    assertArrayEquals(new byte[8 * MIB], card.bytes(56 * MIB, 8 * MIB));
    assertTrue(report.wrote());
    assertTrue(report.mismatches().isEmpty());
    assertTrue(report.latency().max() >= report.latency().p50());
    assertEquals(0, report.rewritten());
  }

  @Test
  void a_card_that_takes_no_writes_is_found_though_it_holds_the_image_already() {
    assertEquals(Verdict.PASSED, new Attempt(card, image).run().verdict());
    card.drops = block -> true;

    FlashReport report = new Attempt(card, image).run();

    assertEquals(Verdict.READ_ONLY, report.verdict(), report.toString());
    assertFalse(report.phaseMillis().containsKey("write"));
  }

  @Test
  void a_card_that_wraps_around_is_found_and_measured() {
    card.wrapsAt = 24 * MIB / 4096;

    FlashReport report = new Attempt(card, image).run();

    assertEquals(Verdict.FAKE_CAPACITY, report.verdict(), report.toString());
    assertEquals(24L * MIB, report.estimatedSize());
  }

  @Test
  void an_image_that_is_not_what_the_record_says_leaves_block_0_unwritten() {
    FlashReport report = new Attempt(card, image.tampered()).run();

    assertEquals(Verdict.IMAGE_REFUSED, report.verdict());
    assertFalse(Arrays.equals(image.bytes(), 0, 4096, card.bytes(0, 4096), 0, 4096));
    assertTrue(report.message().contains("digest"), report.message());
  }

  @Test
  void dropped_writes_are_told_from_damage() {
    card.content().fill((byte) 0x31);
    card.drops = block -> block >= 1000 && block < 1200;

    FlashReport report = new Attempt(card, image).run();

    assertEquals(Verdict.GHOST_WRITE, report.verdict(), report.toString());
  }
}
