package dev.wrtfarm.flash.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.common.flash.Wipe;
import dev.wrtfarm.flash.medium.Region;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a reset of the card shows, and what is done where there is none. */
class ResetTest {

  private static final int MIB = 1 << 20;

  private final FaultyMedium card = new FaultyMedium(64 * MIB);
  private final MemoryImage image = MemoryImage.random(9 * MIB + 512);
  private final Attempt attempt = new Attempt(card, image);

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
}
