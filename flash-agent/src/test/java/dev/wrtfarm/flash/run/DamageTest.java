package dev.wrtfarm.flash.run;

import static dev.wrtfarm.flash.run.Mismatches.assertMismatch;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.MismatchKind;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.Region;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Data that comes back different, or not at all. */
class DamageTest {

  private static final int MIB = 1 << 20;

  private final FaultyMedium card = new FaultyMedium(64 * MIB);
  private final MemoryImage image = MemoryImage.random(9 * MIB + 512);
  private final Attempt attempt = new Attempt(card, image);

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
  void reads_that_the_device_did_not_deliver_prove_nothing() {
    card.countsNothing = true;

    FlashReport report = attempt.run();

    assertEquals(Verdict.READ_FAILED, report.verdict(), report.toString());
    assertTrue(report.message().contains("the card was not read"), report.message());
  }

  private static void setByte(MemorySegment content, boolean now, long at, byte value) {
    if (now) {
      content.set(JAVA_BYTE, at, value);
    }
  }
}
