package dev.wrtfarm.flash.plan;

import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.flash.device.DeviceRefused;
import dev.wrtfarm.flash.journal.Ledger.OpenRun;

/** Why a card is not free, in words. */
public final class Holding {
  private Holding() {}

  /** Reading a card is how a person finds out what a run that was cut off has left. */
  public static boolean allows(OpenRun run, FlashKind next) {
    return run.interrupted() != null && next == FlashKind.VERIFY;
  }

  public static DeviceRefused refusal(OpenRun run) {
    String job = run.intent().job();
    String slot = run.intent().slot();
    if (run.interrupted() != null) {
      return new DeviceRefused(
          RefusalReason.NEEDS_CHECK,
          "job %s on %s was cut off (%s): look at the card, then resolve the job"
              .formatted(job, slot, run.interrupted()));
    }
    return new DeviceRefused(
        RefusalReason.IN_USE, "job %s is at work on %s: wait for its end".formatted(job, slot));
  }
}
