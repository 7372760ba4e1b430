package dev.wrtfarm.flash.lane;

import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashReport;
import java.io.IOException;

/** How a lane ended that is gone. */
public sealed interface LaneEnd {
  /** In its own words. */
  record Reported(FlashReport report) implements LaneEnd {}

  /** Gone after it began: nobody knows what the card holds. */
  record CutOff(String reason) implements LaneEnd {}

  /** Gone before it began: nothing was written. */
  record NeverBegun(String reason) implements LaneEnd {}

  /** Of a lane that is gone: its own journal file knows. */
  static LaneEnd of(LaneFolder folder, String howGone) throws IOException {
    LaneFolder.Told told = folder.told();
    if (told.ended().isPresent() && told.ended().get().report() != null) {
      return new Reported(told.ended().get().report());
    }
    // Reading leaves the card as it was.
    return told.begun() && folder.order().kind() == FlashKind.FLASH
        ? new CutOff(
            "the process that wrote to the card ended in the middle, %s".formatted(howGone))
        : new NeverBegun("the process for the card ended and had written nothing, " + howGone);
  }
}
