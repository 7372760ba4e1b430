package dev.wrtfarm.flash.run;

import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.MediumFailed;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/** What was on the card before the run, as far as it was looked at. */
final class OldContent {
  private final Map<Long, Long> fingerprints = new HashMap<>();

  void remember(long number, MemorySegment block) {
    fingerprints.put(number, Fingerprint.of(block));
  }

  boolean was(long number, MemorySegment block) {
    Long old = fingerprints.get(number);
    return old != null && old == Fingerprint.of(block);
  }

  /** A block that cannot be read now may well be readable once it is written anew. */
  void look(Card card, long number, MemorySegment block) throws RunStopped {
    try {
      card.read(number * Medium.BLOCK, block);
      remember(number, block);
    } catch (MediumFailed e) {
      Failures.stopIfGone(e);
    }
  }
}
