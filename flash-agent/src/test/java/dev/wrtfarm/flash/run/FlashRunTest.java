package dev.wrtfarm.flash.run;

import static dev.wrtfarm.flash.run.Mismatches.assertMismatch;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.flash.MismatchKind;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.common.flash.Wipe;
import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.Region;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cards that are good, and cards that drop what they are told to write. */
class FlashRunTest {

  private static final int MIB = 1 << 20;

  private final FaultyMedium card = new FaultyMedium(64 * MIB);
  private final MemoryImage image = MemoryImage.random(9 * MIB + 512);
  private final Attempt attempt = new Attempt(card, image);

  @ParameterizedTest
  @EnumSource(Level.class)
  void a_good_card_passes_and_holds_exactly_the_image(Level level) {
    card.content().fill((byte) 0x77);
    attempt.level = level;
    attempt.wiped = List.of(new Region(0, 8 * MIB), new Region(56 * MIB, 8 * MIB));

    FlashReport report = attempt.run();

    assertEquals(Verdict.PASSED, report.verdict(), report.toString());
    assertArrayEquals(image.bytes(), card.bytes(0, image.bytes().length));
    assertArrayEquals(new byte[8 * MIB], card.bytes(56 * MIB, 8 * MIB));
    assertTrue(report.wrote());
    assertTrue(report.mismatches().isEmpty());
    assertTrue(report.latency().max() >= report.latency().p50());
    assertEquals(0, report.rewritten());
    assertEquals(level == Level.QUALIFY ? 3 : 2, report.barriers().size());
    assertTrue(report.bytesRead() > image.bytes().length);
  }

  @Test
  void a_full_wipe_leaves_nothing_of_what_was_there_and_none_of_its_own_marks() {
    card.content().fill((byte) 0x77);
    attempt.wipe = Wipe.FULL;

    assertEquals(Verdict.PASSED, attempt.run().verdict());
    int end = image.bytes().length;
    assertArrayEquals(new byte[64 * MIB - end], card.bytes(end, 64 * MIB - end));
  }

  @Test
  void the_last_sectors_are_wiped_too_when_a_card_ends_within_a_block() {
    FaultyMedium odd = new FaultyMedium(64 * MIB + 1536);
    odd.content().fill((byte) 0x77);
    Attempt onOdd = new Attempt(odd, image);
    onOdd.wiped = List.of(new Region(60 * MIB, 4 * MIB));

    assertEquals(Verdict.PASSED, onOdd.run().verdict());
    assertArrayEquals(new byte[1536], odd.bytes(64 * MIB, 1536));
  }

  @Test
  void the_last_sectors_are_wiped_too_behind_an_image_that_takes_every_whole_block() {
    FaultyMedium odd = new FaultyMedium(8 * MIB + 1536);
    odd.content().fill((byte) 0x77);

    FlashReport report = new Attempt(odd, MemoryImage.random(8 * MIB)).run();

    assertEquals(Verdict.PASSED, report.verdict(), report.toString());
    assertArrayEquals(new byte[1536], odd.bytes(8 * MIB, 1536));
  }

  @Test
  void the_last_sectors_behind_an_image_that_takes_every_whole_block_are_read_back() {
    FaultyMedium odd = new FaultyMedium(8 * MIB + 1536);
    odd.content().fill((byte) 0x77);
    odd.drops = block -> block == 8 * MIB / Medium.BLOCK;

    FlashReport report = new Attempt(odd, MemoryImage.random(8 * MIB)).run();

    assertFalse(report.verdict().isGood(), report.toString());
  }

  @Test
  void an_image_as_large_as_the_card_leaves_no_room_for_canaries_and_still_passes() {
    FaultyMedium small = new FaultyMedium(8 * MIB);

    FlashReport report = new Attempt(small, MemoryImage.random(8 * MIB)).run();

    assertEquals(Verdict.PASSED, report.verdict(), report.toString());
  }

  @Test
  void a_card_that_takes_no_writes_is_found_though_it_holds_the_image_already() {
    assertEquals(Verdict.PASSED, attempt.run().verdict());
    card.drops = block -> true;

    FlashReport report = new Attempt(card, image).run();

    assertEquals(Verdict.GHOST_WRITE, report.verdict(), report.toString());
    assertFalse(report.phaseMillis().containsKey("write"));
  }

  @Test
  void a_card_that_locks_itself_during_the_image_is_read_only_and_does_not_boot() {
    card.takes = 1500;

    FlashReport report = attempt.run();

    assertEquals(Verdict.READ_ONLY, report.verdict(), report.toString());
    assertFalse(Arrays.equals(image.bytes(), 0, 4096, card.bytes(0, 4096), 0, 4096));
  }

  @Test
  void one_dropping_block_hides_from_a_reflash_of_the_same_image_but_not_from_thorough() {
    assertEquals(Verdict.PASSED, attempt.run().verdict());
    card.drops = block -> block == 1234;
    Attempt thorough = new Attempt(card, image);
    thorough.level = Level.THOROUGH;

    FlashReport report = thorough.run();

    assertEquals(Verdict.GHOST_WRITE, report.verdict(), report.toString());
    assertMismatch(report, MismatchKind.STALE, 1234, 1, "nonce");
  }

  @Test
  void dropped_writes_outside_the_image_are_found_when_the_whole_card_is_tried() {
    card.drops = block -> block == 10_000;
    attempt.level = Level.QUALIFY;

    FlashReport report = attempt.run();

    assertEquals(Verdict.GHOST_WRITE, report.verdict(), report.toString());
    assertMismatch(report, MismatchKind.ERASED, 10_000, 1, "canary");
  }

  @Test
  void dropped_writes_are_told_from_damage_and_get_no_second_chance() {
    card.content().fill((byte) 0x31);
    card.drops = block -> block >= 1000 && block < 1003;

    FlashReport report = attempt.run();

    assertEquals(Verdict.GHOST_WRITE, report.verdict(), report.toString());
    assertMismatch(report, MismatchKind.STALE, 1000, 3, "image");
    assertEquals(0, report.rewritten());
    assertArrayEquals(new byte[4096], card.bytes(0, 4096), "a failed card does not boot");
  }

  @Test
  void a_single_block_that_escaped_wiping_is_old_content() {
    card.content().fill((byte) 0x31);
    attempt.wiped = List.of(new Region(40 * MIB, MIB));
    long escaped = 40L * MIB / Medium.BLOCK + 3;
    card.drops = block -> block == escaped;

    FlashReport report = attempt.run();

    assertEquals(Verdict.GHOST_WRITE, report.verdict(), report.toString());
    assertMismatch(report, MismatchKind.STALE, escaped, 1, "wiped");
  }

  @Test
  void an_image_that_is_not_what_the_record_says_leaves_block_0_unwritten() {
    FlashReport report = new Attempt(card, image.tampered()).run();

    assertEquals(Verdict.IMAGE_REFUSED, report.verdict());
    assertFalse(Arrays.equals(image.bytes(), 0, 4096, card.bytes(0, 4096), 0, 4096));
    assertTrue(report.message().contains("digest"), report.message());
  }
}
