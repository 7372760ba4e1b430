package dev.wrtfarm.flash.run;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.flash.Mismatch;
import dev.wrtfarm.common.flash.MismatchKind;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.common.flash.Wipe;
import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.Region;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
  void what_a_power_cut_brings_back_is_old_content() {
    card.content().fill((byte) 0x31);
    int[] resets = {0};
    attempt.atReset =
        () -> {
          if (++resets[0] == 2) {
            card.content().asSlice(8 * MIB, 64 << 10).fill((byte) 0x31);
          }
        };

    FlashReport report = attempt.run();

    assertEquals(Verdict.GHOST_WRITE, report.verdict(), report.toString());
    assertEquals(64 << 10, report.mismatchedBytes());
  }

  @Test
  void a_card_that_only_remembers_what_it_says_it_stored_is_caught_by_a_reset() {
    card.remembers = 1024;
    // more than it remembers, so that it keeps the marks that it is recognized by
    attempt.wiped = List.of(new Region(40 * MIB, 8 * MIB));
    attempt.atReset = card::cutPower;

    FlashReport report = attempt.run();

    assertEquals(Verdict.GHOST_WRITE, report.verdict(), report.toString());
  }

  @Test
  void a_card_that_forgets_every_mark_in_a_reset_may_be_another_and_is_not_written_again() {
    card.remembers = 1024;
    attempt.atReset = card::cutPower;

    FlashReport report = attempt.run();

    assertEquals(Verdict.DEVICE_CHANGED, report.verdict(), report.toString());
    assertTrue(report.message().contains("none of this run's marks"), report.message());
    assertEquals("barrier", attempt.phases.getLast());
  }

  @Test
  void a_card_that_takes_nothing_is_judged_without_a_reset_as_it_could_not_be_recognized() {
    card.drops = block -> true;
    attempt.atReset =
        () -> {
          throw new AssertionError("a reset");
        };

    FlashReport report = attempt.run();

    assertEquals(Verdict.GHOST_WRITE, report.verdict(), report.toString());
  }

  @Test
  void an_image_without_room_for_canaries_is_reset_and_read_but_not_written_again() {
    FaultyMedium small = new FaultyMedium(8 * MIB);
    MemoryImage whole = MemoryImage.random(8 * MIB);
    Attempt onSmall = new Attempt(small, whole);
    long[] written = {0};
    onSmall.atReset =
        () -> {
          written[0] = small.blocksWritten;
          if (onSmall.phases.contains("write")) {
            small.content().asSlice(5 * MIB, 512).fill((byte) 0x13);
          }
        };

    FlashReport report = onSmall.run();

    assertEquals(Verdict.DATA_LOST, report.verdict(), report.toString());
    assertEquals(written[0], small.blocksWritten);
    assertTrue(report.warnings().toString().contains("may still boot"), report.toString());
  }

  @Test
  void where_no_reset_is_possible_a_card_is_made_to_store_what_it_remembers() {
    card.remembers = 1024;

    FlashReport report = attempt.run();
    card.cutPower();

    assertEquals(Verdict.PASSED, report.verdict(), report.toString());
    assertArrayEquals(image.bytes(), card.bytes(0, image.bytes().length));
  }

  @Test
  void a_reset_that_failed_is_none_and_the_card_is_made_to_store_what_it_remembers() {
    card.remembers = 1024;
    attempt.resetFails = true;

    FlashReport report = attempt.run();
    card.cutPower();

    assertEquals(Verdict.PASSED, report.verdict(), report.toString());
    assertTrue(report.phaseMillis().containsKey("overflow"), report.toString());
    assertArrayEquals(image.bytes(), card.bytes(0, image.bytes().length));
  }

  @Test
  void a_full_wipe_can_push_out_what_a_card_remembers_too() {
    card.remembers = 1024;
    card.content().fill((byte) 0x77);
    attempt.wipe = Wipe.FULL;

    FlashReport report = attempt.run();
    card.cutPower();

    assertEquals(Verdict.PASSED, report.verdict(), report.toString());
    assertArrayEquals(image.bytes(), card.bytes(0, image.bytes().length));
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

  @Test
  void a_stuck_bit_is_named_and_is_not_healed_by_writing_again() {
    card.mangles = (block, content) -> setByte(content, block == 900, 17, (byte) 0x40);

    FlashReport report = new Attempt(card, MemoryImage.of(new byte[8 * MIB], null)).run();

    assertEquals(Verdict.DATA_LOST, report.verdict(), report.toString());
    assertMismatch(report, MismatchKind.BITFLIP, 900, 1, "image");
    assertEquals(1, report.rewritten());
  }

  @Test
  void damage_that_is_gone_after_writing_again_passes_but_is_told() {
    boolean[] once = {true};
    card.mangles =
        (block, content) -> {
          boolean now = block == 2000 && once[0] && attempt.phases.contains("write");
          once[0] &= !now;
          setByte(content, now, 100, (byte) ~content.get(JAVA_BYTE, 100));
        };

    FlashReport report = attempt.run();

    assertEquals(Verdict.PASSED, report.verdict(), report.toString());
    assertEquals(1, report.rewritten());
    assertTrue(report.warnings().toString().contains("suspect"), report.toString());
    assertArrayEquals(image.bytes(), card.bytes(0, image.bytes().length));
  }

  @Test
  void damage_to_the_first_chunk_can_be_written_again_too() {
    boolean[] once = {true};
    card.mangles =
        (block, content) -> {
          boolean now = block == 0 && once[0] && attempt.phases.contains("write");
          once[0] &= !now;
          setByte(content, now, 100, (byte) ~content.get(JAVA_BYTE, 100));
        };

    FlashReport report = attempt.run();

    assertEquals(Verdict.PASSED, report.verdict(), report.toString());
    assertArrayEquals(image.bytes(), card.bytes(0, image.bytes().length));
  }

  @Test
  void a_block_that_reads_differently_each_time_is_unstable() {
    card.flips = block -> block == 1500;

    FlashReport report = attempt.run();

    assertEquals(Verdict.UNSTABLE, report.verdict(), report.toString());
    assertMismatch(report, MismatchKind.UNSTABLE, 1500, 1, "image");
  }

  @Test
  void blocks_that_cannot_be_read_are_found_one_by_one() {
    card.unreadable = block -> block >= 1501 && block < 1504;

    FlashReport report = attempt.run();

    assertEquals(Verdict.READ_FAILED, report.verdict(), report.toString());
    assertMismatch(report, MismatchKind.UNREADABLE, 1501, 3, "image");
  }

  @Test
  void what_is_wrong_in_a_wiped_stretch_counts_like_the_image() {
    card.content().fill((byte) 0x31);
    attempt.wiped = List.of(new Region(40 * MIB, MIB));
    long first = 40L * MIB / Medium.BLOCK;
    card.unreadable = block -> block == first + 5 && attempt.phases.contains("verify");

    FlashReport report = attempt.run();

    assertEquals(Verdict.READ_FAILED, report.verdict(), report.toString());
    assertMismatch(report, MismatchKind.UNREADABLE, first + 5, 1, "wiped");
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

  @Test
  void reads_that_the_device_did_not_deliver_prove_nothing() {
    card.countsNothing = true;

    FlashReport report = attempt.run();

    assertEquals(Verdict.READ_FAILED, report.verdict(), report.toString());
    assertTrue(report.message().contains("the card was not read"), report.message());
  }

  private static void assertMismatch(
      FlashReport report, MismatchKind kind, long block, long blocks, String area) {
    Mismatch expected = new Mismatch(kind, block * Medium.BLOCK, blocks * Medium.BLOCK, area, null);
    assertEquals(List.of(expected), report.mismatches());
    assertEquals(blocks * Medium.BLOCK, report.mismatchedBytes());
  }

  private static void setByte(MemorySegment content, boolean now, long at, byte value) {
    if (now) {
      content.set(JAVA_BYTE, at, value);
    }
  }
}
