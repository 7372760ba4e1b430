package dev.wrtfarm.flash.run;

import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.MediumFailed;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/** What was on the card before the run, as far as it was looked at. */
final class OldContent {
  private final Map<Long, Long> fingerprints = new HashMap<>();
  private long[] ofFirst = new long[0];

  /** Makes room for each of the card's first blocks. */
  void willKnowFirst(long blocks) {
    ofFirst = new long[Math.toIntExact(blocks)];
  }

  private void remember(long number, MemorySegment block) {
    if (number < ofFirst.length) {
      ofFirst[(int) number] = Fingerprint.of(block);
    } else {
      fingerprints.put(number, Fingerprint.of(block));
    }
  }

  boolean was(long number, MemorySegment block) {
    if (number < ofFirst.length) {
      return ofFirst[(int) number] == Fingerprint.of(block);
    }
    Long old = fingerprints.get(number);
    return old != null && old == Fingerprint.of(block);
  }

  /**
   * Looks at a stretch of whole blocks. What cannot be read now may well be readable once it is
   * written anew; only nothing is known of it.
   */
  void lookAt(Card card, long offset, MemorySegment part) throws RunStopped {
    try {
      card.read(offset, part);
    } catch (MediumFailed e) {
      Failures.stopIfGone(e);
      return;
    }
    for (long at = 0; at < part.byteSize(); at += Medium.BLOCK) {
      remember((offset + at) / Medium.BLOCK, part.asSlice(at, Medium.BLOCK));
    }
  }
}
