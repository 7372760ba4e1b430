package dev.wrtfarm.flash.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.flash.Mismatch;
import dev.wrtfarm.common.flash.MismatchKind;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.faultdisk.model.BlockModel;
import dev.wrtfarm.faultdisk.model.Losses;
import dev.wrtfarm.flash.run.Barrier;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
  @EnumSource(Rung.class)
  void another_card_after_a_reset_is_not_written(Rung rung) throws IOException {
    try (Card card = rung.insert(BlockModel.ofSize(Flashing.CARD).build());
        Card other = rung.insert(BlockModel.ofSize(Flashing.CARD).build())) {
      Barrier swap =
          (medium, reset) -> {
            medium.close();
            try {
              return new Barrier.Crossed(other.open(), "fsync; reset: somebody's hand", true);
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          };
      FlashReport report = Flashing.of(IMAGE, Level.STANDARD).on(card, swap);

      assertThat(report.verdict().isGood()).as("%s", report).isFalse();
      assertThat(other.model().bytesWritten()).isZero();
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
