package dev.wrtfarm.flash.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.Region;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that end early, and runs that check less or only read. */
class FlashRunEndsTest {
  private static final int MIB = 1 << 20;

  private final FaultyMedium card = new FaultyMedium(64 * MIB);
  private final MemoryImage image = MemoryImage.random(9 * MIB + 512);
  private final Attempt attempt = new Attempt(card, image);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "snapshot",
        "canaries",
        "nonces",
        "wipe",
        "check",
        "write",
        "verify",
        "recheck",
        "clear"
      })
  void a_run_can_be_stopped_in_every_phase_and_leaves_a_card_that_does_not_boot(String phase) {
    attempt.cancelIn = phase;
    attempt.wiped = List.of(new Region(40 * MIB, MIB));

    FlashReport report = attempt.run();

    assertEquals(Verdict.CANCELLED, report.verdict(), report.toString());
    assertEquals(!phase.equals("snapshot") && !phase.equals("canaries"), report.wrote());
    assertFalse(Arrays.equals(image.bytes(), 0, 4096, card.bytes(0, 4096), 0, 4096));
  }

  @ParameterizedTest
  @CsvSource({"EIO,WRITE_FAILED", "EROFS,READ_ONLY", "EPERM,READ_ONLY", "ENODEV,DEVICE_CHANGED"})
  void a_refused_write_is_judged_by_its_error(String error, Verdict verdict) {
    card.refuses = block -> true;
    card.refusal = error;

    FlashReport report = attempt.run();

    assertEquals(verdict, report.verdict(), report.toString());
    assertTrue(report.message().contains(error), report.message());
  }

  @Test
  void a_write_that_fails_once_is_repeated_and_told() {
    boolean[] once = {true};
    card.refuses =
        block -> {
          boolean now = block == 1100 && once[0] && attempt.phases.contains("write");
          once[0] &= !now;
          return now;
        };

    FlashReport report = attempt.run();

    assertEquals(Verdict.PASSED, report.verdict(), report.toString());
    assertEquals(1, report.rewritten());
  }

  @Test
  void a_device_that_is_gone_is_not_written_to_again() {
    card.refusal = "ENODEV";
    card.refuses = block -> attempt.phases.contains("recheck");

    FlashReport report = attempt.run();

    assertEquals(Verdict.DEVICE_CHANGED, report.verdict(), report.toString());
    // what is gone may be another card by now: its start is left alone
    assertArrayEquals(Arrays.copyOf(image.bytes(), 4096), card.bytes(0, 4096));
  }

  @Test
  void an_image_that_does_not_fit_is_refused_with_nothing_written() {
    FaultyMedium small = new FaultyMedium(8 * MIB);

    FlashReport report = new Attempt(small, image).run();

    assertEquals(Verdict.REFUSED, report.verdict());
    assertFalse(report.wrote());
    assertEquals(0, small.blocksWritten);
    assertTrue(report.message().contains("take a larger card"), report.message());
  }

  @Test
  void checking_writes_nothing_and_finds_a_single_changed_byte() {
    assertEquals(Verdict.PASSED, attempt.run().verdict());
    card.blocksWritten = 0;
    Attempt check = new Attempt(card, image);
    check.kind = FlashKind.VERIFY;

    FlashReport good = check.run();
    card.bytes(0, 1);
    card.content().asSlice(5 * MIB + 3, 1).fill((byte) ~image.bytes()[5 * MIB + 3]);
    FlashReport changed = check.run();

    assertEquals(Verdict.PASSED, good.verdict(), good.toString());
    assertFalse(good.wrote());
    assertEquals(Verdict.DATA_LOST, changed.verdict(), changed.toString());
    assertEquals(5L * MIB, changed.mismatches().getFirst().offset());
    assertEquals(0, card.blocksWritten);
  }

  @Test
  void checking_takes_another_image_for_data_that_is_lost_not_for_a_small_card() {
    byte[] shifted = new byte[image.bytes().length];
    System.arraycopy(image.bytes(), 0, shifted, 3 * Medium.BLOCK, 4 * MIB);
    assertEquals(Verdict.PASSED, new Attempt(card, MemoryImage.of(shifted, null)).run().verdict());
    Attempt check = new Attempt(card, image);
    check.kind = FlashKind.VERIFY;

    FlashReport report = check.run();

    assertEquals(Verdict.DATA_LOST, report.verdict(), report.toString());
    assertTrue(report.mismatchedBytes() > 8 * MIB);
  }

  @Test
  void a_wrong_file_is_not_taken_for_a_wrong_card() {
    Attempt check = new Attempt(card, image.tampered());
    check.kind = FlashKind.VERIFY;

    assertEquals(Verdict.IMAGE_REFUSED, check.run().verdict());
  }

  @Test
  void a_prefix_is_never_more_than_partial() {
    attempt.prefix = 4L * MIB + 100;

    FlashReport report = attempt.run();

    assertEquals(Verdict.PARTIAL, report.verdict(), report.toString());
    assertArrayEquals(image.bytes(), card.bytes(0, image.bytes().length));
  }

  @ParameterizedTest
  @CsvSource({"100,DATA_LOST", "1400,PARTIAL"})
  void damage_is_seen_within_the_prefix_only(long damaged, Verdict verdict) {
    card.mangles =
        (block, content) -> {
          if (block == damaged) {
            content.asSlice(0, 512).fill((byte) 0x13);
          }
        };
    attempt.prefix = 4L * MIB;

    assertEquals(verdict, attempt.run().verdict());
  }

  @ParameterizedTest
  @ValueSource(ints = {5 * MIB + 512, 9 * MIB - 300, 9 * MIB + 512 + 65_536, 63 * MIB})
  void a_configuration_archive_lands_in_behind_and_across_the_image(int offset) {
    card.content().fill((byte) 0x31);
    MemoryImage withOverlay = MemoryImage.of(image.bytes(), (long) offset);
    Attempt injected = new Attempt(card, withOverlay);
    injected.config = MemoryImage.random(70_001).bytes();

    FlashReport report = injected.run();

    assertEquals(Verdict.PASSED, report.verdict(), report.toString());
    byte[] expected = Arrays.copyOf(image.bytes(), Math.max(image.bytes().length, offset + 70_001));
    System.arraycopy(injected.config, 0, expected, offset, 70_001);
    assertArrayEquals(
        Arrays.copyOfRange(expected, offset, offset + 70_001), card.bytes(offset, 70_001));
    int before = Math.min(offset, image.bytes().length);
    assertArrayEquals(Arrays.copyOf(expected, before), card.bytes(0, before));
  }

  @Test
  void a_configuration_archive_is_stored_when_the_run_ends_and_not_only_remembered() {
    int offset = 9 * MIB + 65_536;
    MemoryImage withOverlay = MemoryImage.of(image.bytes(), (long) offset);
    Attempt injected = new Attempt(card, withOverlay);
    injected.config = MemoryImage.random(70_001).bytes();
    injected.wiped = List.of(new Region(offset, MIB));
    card.content().fill((byte) 0x31);
    card.remembers = 1024;

    FlashReport report = injected.run();
    card.cutPower();

    assertEquals(Verdict.PASSED, report.verdict(), report.toString());
    byte[] overlay = Arrays.copyOf(injected.config, MIB);
    assertArrayEquals(overlay, card.bytes(offset, MIB));
  }

  @Test
  void a_damaged_configuration_archive_fails_the_run() {
    MemoryImage withOverlay = MemoryImage.of(image.bytes(), 40L * MIB);
    Attempt injected = new Attempt(card, withOverlay);
    injected.config = MemoryImage.random(70_001).bytes();
    card.mangles =
        (block, content) -> {
          if (block == 40 * MIB / Medium.BLOCK + 7) {
            content.asSlice(9, 100).fill((byte) 0x13);
          }
        };

    assertEquals(Verdict.DATA_LOST, injected.run().verdict());
  }

  @Test
  void a_configuration_archive_without_a_place_is_refused_with_nothing_written() {
    attempt.config = new byte[] {1};

    FlashReport report = attempt.run();

    assertEquals(Verdict.REFUSED, report.verdict());
    assertEquals(0, card.blocksWritten);
    assertNotEquals("", report.message());
  }
}
