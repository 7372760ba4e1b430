package dev.wrtfarm.flash.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.flash.Mismatch;
import dev.wrtfarm.common.flash.MismatchKind;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.faultdisk.model.BlockModel;
import dev.wrtfarm.faultdisk.model.Losses;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a card held before, or another card holds, is not taken for what was written. */
class SameCardTest {
  private static final TestImage IMAGE = TestImage.of(3);

  @ParameterizedTest
  @EnumSource(Rung.class)
  void the_same_image_again_does_not_pass_on_a_card_that_drops_all_writes(Rung rung)
      throws IOException {
    try (Card card = rung.insert(BlockModel.ofSize(Flashing.CARD).build())) {
      FlashReport first = Flashing.of(IMAGE, Level.STANDARD).on(card);
      assertThat(first.verdict()).as("%s", first).isEqualTo(Verdict.PASSED);

      card.model().become(Losses.ofEverything());
      FlashReport again = Flashing.of(IMAGE, Level.STANDARD).on(card);

      assertThat(card.model().medium(0, TestImage.BYTES))
          .as("whoever only reads back finds nothing wrong")
          .isEqualTo(IMAGE.bytes());
      assertThat(again.verdict()).as("%s", again).isEqualTo(Verdict.GHOST_WRITE);
      assertThat(again.wrote()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("swaps")
  void another_card_after_a_reset_is_neither_written_nor_blamed(
      Rung rung, Content content, Level level, int atReset) throws IOException {
    try (Card card = rung.insert(content.model());
        Card other = rung.insert(content.model())) {
      Swap swap = new Swap(card, other, atReset);
      FlashReport report = Flashing.of(IMAGE, level).on(card, swap);

      assertThat(report.verdict()).as("%s", report).isEqualTo(Verdict.DEVICE_CHANGED);
      assertThat(swap.isDone()).isTrue();
      assertThat(other.model().bytesWritten()).as("%s", report).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("swaps")
  void another_card_after_a_reset_is_not_written_when_the_run_is_stopped_there(
      Rung rung, Content content, Level level, int atReset) throws IOException {
    try (Card card = rung.insert(content.model());
        Card other = rung.insert(content.model())) {
      Swap swap = new Swap(card, other, atReset);
      FlashReport report = Flashing.of(IMAGE, level).heardBy(swap).on(card, swap);

      assertThat(report.verdict()).as("%s", report).isIn(Verdict.CANCELLED, Verdict.DEVICE_CHANGED);
      assertThat(swap.isDone()).isTrue();
      assertThat(other.model().bytesWritten()).as("%s", report).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Rung.class)
  void a_run_that_is_stopped_at_its_last_reset_leaves_its_own_card_unable_to_boot(Rung rung)
      throws IOException {
    try (Card card = rung.insert(Content.BLANK.model())) {
      Swap none = new Swap(card, card, 2);
      FlashReport report = Flashing.of(IMAGE, Level.STANDARD).heardBy(none).on(card, none);

      assertThat(report.verdict()).as("%s", report).isEqualTo(Verdict.CANCELLED);
      assertThat(card.model().medium(0, 4096)).containsOnly(0);
    }
  }

  static Stream<Arguments> swaps() {
    return Arrays.stream(Content.values())
        .flatMap(content ->
            Stream.of(
                Arguments.of(Rung.LOOP_DEVICE, content, Level.STANDARD, 1),
                Arguments.of(Rung.LOOP_DEVICE, content, Level.STANDARD, 2),
                Arguments.of(Rung.IN_PROCESS, content, Level.STANDARD, 1),
                Arguments.of(Rung.IN_PROCESS, content, Level.STANDARD, 2),
                Arguments.of(Rung.IN_PROCESS, content, Level.THOROUGH, 1),
                Arguments.of(Rung.IN_PROCESS, content, Level.THOROUGH, 2),
                Arguments.of(Rung.IN_PROCESS, content, Level.QUALIFY, 1),
                Arguments.of(Rung.IN_PROCESS, content, Level.QUALIFY, 2),
                Arguments.of(Rung.IN_PROCESS, content, Level.QUALIFY, 3)));
  }

  /** What is on both cards: the worst is that they are alike. */
  enum Content {
    BLANK,
    HALF,
    EARLIER_IMAGE;

    BlockModel model() throws IOException {
      BlockModel model = BlockModel.ofSize(Flashing.CARD).build();
      if (this == HALF) {
        byte[] old = new byte[(int) (Flashing.CARD / 2)];
        new Random(99).nextBytes(old);
        model.plant(0, old);
      } else if (this == EARLIER_IMAGE) {
        model.plant(0, IMAGE.bytes());
      }
      return model;
    }
  }

  @ParameterizedTest
  @EnumSource(Rung.class)
  void what_decays_later_is_found_by_a_later_verification(Rung rung) throws IOException {
    try (Card card = rung.insert(BlockModel.ofSize(Flashing.CARD).build())) {
      Flashing.of(IMAGE, Level.QUICK).on(card);
      long written = card.model().bytesWritten();
      FlashReport good = Flashing.verifying(IMAGE, Level.QUICK).on(card);
      assertThat(good.verdict()).as("%s", good).isEqualTo(Verdict.PASSED);

      byte[] decayed = Arrays.copyOfRange(IMAGE.bytes(), 4096, 8192);
      decayed[100] ^= 4;
      card.model().plant(4096, decayed);
      FlashReport report = Flashing.verifying(IMAGE, Level.QUICK).on(card);

      assertThat(report.verdict()).as("%s", report).isEqualTo(Verdict.DATA_LOST);
      assertThat(report.mismatches())
          .extracting(Mismatch::kind)
          .containsExactly(MismatchKind.BITFLIP);
      assertThat(report.wrote()).isFalse();
      assertThat(card.model().bytesWritten())
          .as("a verification writes nothing")
          .isEqualTo(written);
    }
  }
}
