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
  private Capacity() {}

  /**
   * Whether the lost canaries are the upper end of the card: two or more, and none above the lowest
   * of them is left.
   *
   * @param canaries highest first
   */
  static boolean isUpperEnd(long[] canaries, Collection<Long> lost) {
    if (lost.size() < 2) {
      return false;
    }
    Set<Long> all = Set.copyOf(lost);
    for (int i = 0; i < all.size(); i++) {
      if (i == canaries.length || !all.contains(canaries[i])) {
        return false;
      }
    }
    return true;
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
    List<Long> lost = lostCanaries(bad);
    if (!isUpperEnd(layout.canaries(), lost)) {
      return null;
    }
    return lost.size() < layout.canaries().length
        ? (layout.canaries()[lost.size()] + 1) * Medium.BLOCK
        : layout.imageEnd();
  }

  /** Dropped, not damaged: such a canary holds what was there before, or nothing. */
  static List<Long> lostCanaries(BadBlocks bad) {
    return bad.kept().stream()
        .filter(block -> block.area() == Area.CANARY && isDropped(block))
        .map(BadBlock::number)
        .toList();
  }

  static boolean isDropped(BadBlock block) {
    Seen seen = block.seen();
    return seen != null
        && (seen.is(MismatchKind.STALE)
            || seen.is(MismatchKind.STALE_NONCE)
            || seen.is(MismatchKind.ERASED));
  }
}
