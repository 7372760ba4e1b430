package dev.wrtfarm.flash.run;

import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.MediumFailed;

/** Makes a card forget what it only holds in its own memory, as far as the slot can. */
public interface Barrier {
  /**
   * Flushes, and resets if asked and possible. A reset closes the medium; the answer's medium is
   * the same card opened again.
   *
   * @throws MediumFailed also when another card, or none, came back: error {@code ECHANGED}
   */
  Crossed cross(Medium medium, boolean reset) throws MediumFailed;

  /**
   * @param record what was really done, for the report: {@code fsync; reset: none}
   * @param reset whether the card was really reset; one that was only closed and opened again, as
   *     the reset failed, still remembers what it remembered before
   */
  record Crossed(Medium medium, String record, boolean reset) {}
}
