package dev.wrtfarm.flash.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.flash.CardState;
import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashOptions;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.ImageFacts;
import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.common.flash.Wipe;
import dev.wrtfarm.flash.journal.Entry;
import dev.wrtfarm.flash.journal.JournalRecord;
import dev.wrtfarm.flash.journal.JournalRecord.CardMarked;
import dev.wrtfarm.flash.journal.JournalRecord.Ended;
import dev.wrtfarm.flash.journal.JournalRecord.Intent;
import dev.wrtfarm.flash.journal.JournalRecord.Interrupted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CardBookTest {
  private static final long SIZE = 32_000_000_000L;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final CardBook book = new CardBook();
  private long lines;

  @Test
  void only_a_qualification_makes_a_new_card_qualified() {
    assertThat(state("a")).isEqualTo(CardState.NEW);
    run("a", "s1", Level.THOROUGH, Verdict.PASSED, 0);
    assertThat(state("a")).isEqualTo(CardState.NEW);
    run("a", "s1", Level.QUALIFY, Verdict.PASSED, 0);
    assertThat(state("a")).isEqualTo(CardState.QUALIFIED);
  }

  @Test
  void a_rewritten_chunk_makes_a_card_suspect_although_it_passed() {
    run("a", "s1", Level.QUALIFY, Verdict.PASSED, 0);
    run("a", "s1", Level.STANDARD, Verdict.PASSED, 1);

    assertThat(state("a")).isEqualTo(CardState.SUSPECT);
    assertThat(book.card(card("a")).score()).isEqualTo(85);
  }

  @ParameterizedTest
  @EnumSource(names = {"GHOST_WRITE", "READ_ONLY", "FAKE_CAPACITY"})
  void a_card_that_lied_is_suspect_and_in_a_second_reader_quarantined(Verdict lie) {
    run("a", "s1", Level.STANDARD, lie, 0);
    assertThat(state("a")).isEqualTo(CardState.SUSPECT);
    assertThat(book.card(card("a")).score()).isZero();

    run("a", "s1", Level.STANDARD, lie, 0);
    assertThat(state("a")).as("the reader may be to blame").isEqualTo(CardState.SUSPECT);

    run("a", "s2", Level.STANDARD, lie, 0);
    assertThat(state("a")).isEqualTo(CardState.QUARANTINED);
    run("a", "s2", Level.QUALIFY, Verdict.PASSED, 0);
    assertThat(state("a")).as("for good").isEqualTo(CardState.QUARANTINED);
    take(new CardMarked(card("a"), CardState.NEW, null));
    assertThat(state("a")).isEqualTo(CardState.NEW);
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "CANCELLED", "IMAGE_REFUSED", "DEVICE_CHANGED", "NOT_EXCLUSIVE"})
  void what_is_not_the_cards_doing_is_not_held_against_it(Verdict verdict) {
    run("a", "s1", Level.QUALIFY, Verdict.PASSED, 0);
    run("a", "s1", Level.STANDARD, verdict, 0);

    assertThat(state("a")).isEqualTo(CardState.QUALIFIED);
    assertThat(book.card(card("a")).score()).isEqualTo(100);
  }

  @Test
  void a_retired_card_stays_retired() {
    take(new CardMarked(card("a"), CardState.RETIRED, "red dot"));
    run("a", "s1", Level.QUALIFY, Verdict.PASSED, 0);

    assertThat(state("a")).isEqualTo(CardState.RETIRED);
    assertThat(book.card(card("a")).label()).isEqualTo("red dot");
  }

  @Test
  void several_failing_cards_speak_against_their_slot() {
    run("a", "s1", Level.STANDARD, Verdict.PASSED, 0);
    run("b", "s1", Level.STANDARD, Verdict.DATA_LOST, 0);
    assertThat(book.slotScore("s1")).isEqualTo(100);
    run("c", "s1", Level.STANDARD, Verdict.READ_FAILED, 0);

    assertThat(book.slotScore("s1")).isEqualTo(34);
    assertThat(book.slotScore("s2")).isEqualTo(100);
  }

  @Test
  void the_image_on_a_card_is_known_since_it_passed_and_until_something_else_was_written() {
    run("a", "s1", Level.STANDARD, Verdict.PASSED, 0);
    Instant since = book.card(card("a")).since();
    assertThat(book.card(card("a")).imageName()).isEqualTo("sample.img");
    take(ended("a", "s1", FlashKind.VERIFY, Level.STANDARD, Verdict.PASSED, 0));
    assertThat(book.card(card("a")).since()).isEqualTo(since);

    run("a", "s1", Level.STANDARD, Verdict.CANCELLED, 0);
    assertThat(book.card(card("a")).imageName()).isNull();

    run("a", "s1", Level.STANDARD, Verdict.PASSED, 0);
    take(intent("a", "s1"));
    take(new Interrupted("job", "killed"));
    assertThat(book.card(card("a")).imageName()).isNull();
  }

  private CardState state(String cid) {
    return book.card(card(cid)).state();
  }

  private static String card(String cid) {
    return "cid:" + cid;
  }

  private void run(String cid, String slot, Level level, Verdict verdict, int rewritten) {
    take(ended(cid, slot, FlashKind.FLASH, level, verdict, rewritten));
  }

  private void take(JournalRecord what) {
    lines++;
    book.accept(new Entry(lines, START.plusSeconds(lines), Optional.of(what), ""));
  }

  private static Intent intent(String cid, String slot) {
    return new Intent(
        "job", FlashKind.FLASH, slot, device(cid), image(), FlashOptions.DEFAULT, "", "", "farm");
  }

  private static Ended ended(
      String cid, String slot, FlashKind kind, Level level, Verdict verdict, int rewritten) {
    boolean wrote = kind == FlashKind.FLASH && verdict != Verdict.REFUSED;
    return new Ended(
        "job",
        kind,
        slot,
        device(cid),
        image(),
        new FlashOptions(level, Wipe.SIGNATURES, null, null),
        new FlashReport(
            verdict,
            "",
            wrote,
            Map.of(),
            0,
            0,
            List.of(),
            0,
            null,
            List.of(),
            rewritten,
            FlashReport.Latency.NONE,
            List.of()));
  }

  private static DeviceFacts device(String cid) {
    return new DeviceFacts(
        "port", "/dev/mmcblk1", "179:0", 1, SIZE, "mmc", null, cid, null, null, false);
  }

  private static ImageFacts image() {
    return new ImageFacts("sample.img", "a", 1, "raw", "b", 1 << 20, null, null);
  }
}
