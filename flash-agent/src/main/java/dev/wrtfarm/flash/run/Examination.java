package dev.wrtfarm.flash.run;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.wrtfarm.common.flash.MismatchKind;
import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.MediumFailed;
import java.lang.foreign.MemorySegment;

/** Reads a wrong block twice more, to tell a bad reading from bad content. */
final class Examination {
  private static final int FLIPPED_BITS = 8;

  private final Card card;
  private final MemorySegment again;

  Examination(Card card, Buffers buffers) {
    this.card = card;
    this.again = buffers.otherBlock();
  }

  /**
   * @param expected what the block should hold
   */
  BadBlock examine(BadBlock bad, MemorySegment expected) throws RunStopped {
    if (bad.seen() != null && bad.seen().is(MismatchKind.UNREADABLE)) {
      return bad;
    }
    try {
      for (int i = 0; i < 2; i++) {
        card.read(bad.number() * Medium.BLOCK, again);
        if (Fingerprint.of(again) != bad.fingerprint()) {
          return bad.as(Seen.of(MismatchKind.UNSTABLE));
        }
      }
    } catch (MediumFailed e) {
      Failures.stopIfGone(e);
      return bad.as(Seen.of(MismatchKind.UNREADABLE));
    }
    if (bad.seen() == null && differingBits(expected, again) <= FLIPPED_BITS) {
      return bad.as(Seen.of(MismatchKind.BITFLIP));
    }
    return bad;
  }

  private static int differingBits(MemorySegment one, MemorySegment other) {
    int bits = 0;
    for (long at = 0; at < Medium.BLOCK; at += Long.BYTES) {
      bits += Long.bitCount(one.get(JAVA_LONG, at) ^ other.get(JAVA_LONG, at));
    }
    return bits;
  }
}
