package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.MismatchKind;
import dev.wrtfarm.common.flash.Verdict;

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
    if (bad.any(MismatchKind.ALIAS)) {
      return Verdict.FAKE_CAPACITY;
    }
    if (!stillTakesWrites) {
      return Verdict.READ_ONLY;
    }
    boolean imageDropped =
        bad.any(block -> block.area() == Area.IMAGE && Capacity.isDropped(block));
    if (!imageDropped && Capacity.isUpperEnd(layout, Capacity.lostMarks(bad))) {
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

  /** Whether every single mark is lost. */
  static boolean nothingTaken(Layout layout, BadBlocks bad) {
    return bad.kept().size() == layout.marks().length
        && bad.kept().stream().allMatch(Capacity::isDropped);
  }

  /**
   * Whether writing the wrong blocks again may help: not on a card that said it had written and had
   * not (what is empty is most likely that, too), for such a card cannot be trusted with what was
   * not read back either.
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
