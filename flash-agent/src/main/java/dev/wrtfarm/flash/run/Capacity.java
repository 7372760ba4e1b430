package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.MismatchKind;
import dev.wrtfarm.flash.medium.Medium;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How large a card really is, from what became of its canaries. */
final class Capacity {
  /** Nobody sells a card as a thirtieth larger than it is; worn blocks are less than that. */
  private static final int WORTH_FAKING = 32;

  private Capacity() {}

  /**
   * Whether what is lost is the upper end of the card: no mark in it is left, and it is more than a
   * worn stretch at the end could be.
   *
   * @param lost numbers of marked blocks
   */
  static boolean isUpperEnd(Layout layout, Collection<Long> lost) {
    return isUpperEnd(layout.marks(), layout.cardBlocks(), lost);
  }

  /**
   * @param marks highest first
   */
  static boolean isUpperEnd(long[] marks, long cardBlocks, Collection<Long> lost) {
    Set<Long> all = Set.copyOf(lost);
    if (all.size() < 2 || all.size() >= marks.length) {
      return false;
    }
    for (int i = 0; i < all.size(); i++) {
      if (!all.contains(marks[i])) {
        return false;
      }
    }
    return cardBlocks - marks[all.size() - 1] >= cardBlocks / WORTH_FAKING;
  }

  /**
   * A card that wraps around does so at its real size, so every block comes back a multiple of it
   * away from where it belongs; one that drops what is beyond has kept the canaries below.
   *
   * @return in bytes; null when nothing can be said
   */
  static @Nullable Long estimate(Layout layout, BadBlocks bad) {
    BigInteger wrap = BigInteger.ZERO;
    for (BadBlock block : bad.kept()) {
      Seen seen = block.seen();
      if (seen != null && seen.distance() != null) {
        wrap = wrap.gcd(BigInteger.valueOf(seen.distance()));
      }
    }
    if (wrap.signum() > 0) {
      return wrap.longValueExact();
    }
    List<Long> lost = lostMarks(bad);
    return isUpperEnd(layout, lost)
        ? Long.valueOf((layout.marks()[lost.size()] + 1) * Medium.BLOCK)
        : null;
  }

  /** Where nothing is that was written: old content, nothing, noise or an error. */
  static List<Long> lostMarks(BadBlocks bad) {
    return bad.kept().stream()
        .filter(block -> block.area() == Area.CANARY || block.area() == Area.NONCE)
        .filter(block ->
            block.seen() == null || block.seen().is(MismatchKind.UNREADABLE) || isDropped(block))
        .map(BadBlock::number)
        .toList();
  }

  /** Written, acknowledged and not there. */
  static boolean isDropped(BadBlock block) {
    Seen seen = block.seen();
    return seen != null
        && (seen.is(MismatchKind.STALE)
            || seen.is(MismatchKind.STALE_NONCE)
            || seen.is(MismatchKind.ERASED));
  }
}
