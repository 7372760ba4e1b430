package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.MismatchKind;
import dev.wrtfarm.common.flash.Verdict;
import java.util.List;

/**
 * What wrong blocks say about a card. The gravest explanation that fits is taken: a card that is
 * smaller than it says also loses data, and one that loses data is also unstable.
 */
final class Judgement {
  private Judgement() {}

  /**
   * @param afterImage whether the image was written since the marks were found in their places
   * @param stillTakesWrites what a probe found, where one was made; true otherwise
   */
  static Verdict of(Layout layout, BadBlocks bad, boolean afterImage, boolean stillTakesWrites) {
    List<Long> lost = Capacity.lostCanaries(bad);
    boolean noncesLost = bad.any(block -> block.area() == Area.NONCE && Capacity.isDropped(block));
    boolean imageStale =
        bad.any(MismatchKind.STALE) && bad.any(block -> block.area() == Area.IMAGE);
    if (bad.any(MismatchKind.ALIAS)) {
      return Verdict.FAKE_CAPACITY;
    }
    if (!stillTakesWrites) {
      return Verdict.READ_ONLY;
    }
    if (!noncesLost && !imageStale && Capacity.isUpperEnd(layout.canaries(), lost)) {
      return Verdict.FAKE_CAPACITY;
    }
    if (bad.any(MismatchKind.STALE)
        || bad.any(MismatchKind.STALE_NONCE)
        || (!afterImage && bad.any(Capacity::isDropped))) {
      return Verdict.GHOST_WRITE;
    }
    if (afterImage && bad.any(Judgement::isOverwritten)) {
      return Verdict.FAKE_CAPACITY;
    }
    if (bad.any(MismatchKind.UNREADABLE)) {
      return Verdict.READ_FAILED;
    }
    return bad.any(MismatchKind.UNSTABLE) ? Verdict.UNSTABLE : Verdict.DATA_LOST;
  }

  /** A canary that was in its place before the image was written and is something else now. */
  private static boolean isOverwritten(BadBlock block) {
    return block.area() == Area.CANARY
        && (block.seen() == null || block.seen().is(MismatchKind.ERASED));
  }

  /** Whether every single mark is lost: such a card took nothing at all. */
  static boolean nothingTaken(Layout layout, BadBlocks bad) {
    long marks = (long) layout.canaries().length + layout.nonces().length;
    return bad.kept().size() == marks && bad.kept().stream().allMatch(Capacity::isDropped);
  }

  /**
   * Whether writing the wrong blocks again may help: not on a card that said it had written and had
   * not, for such a card cannot be trusted with what was not read back either.
   */
  static boolean isDamageOnly(BadBlocks bad) {
    return !bad.isEmpty()
        && bad.kept().stream()
            .allMatch(block ->
                block.area() == Area.IMAGE
                    && (block.seen() == null
                        || block.seen().is(MismatchKind.ERASED)
                        || block.seen().is(MismatchKind.BITFLIP)
                        || block.seen().is(MismatchKind.UNREADABLE)
                        || block.seen().is(MismatchKind.UNSTABLE)));
  }
}
