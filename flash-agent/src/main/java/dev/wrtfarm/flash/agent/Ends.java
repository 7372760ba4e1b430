package dev.wrtfarm.flash.agent;

import dev.wrtfarm.common.agent.FlashLease;
import dev.wrtfarm.common.agent.Transition;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.flash.device.DeviceRefused;
import dev.wrtfarm.flash.farm.Farm;
import dev.wrtfarm.flash.farm.FarmRefused;
import dev.wrtfarm.flash.farm.FarmUnreachable;
import dev.wrtfarm.flash.farm.LeaseLost;
import dev.wrtfarm.flash.farm.StateRefused;
import dev.wrtfarm.flash.journal.Journal;
import dev.wrtfarm.flash.journal.JournalRecord.Resolved;
import dev.wrtfarm.flash.journal.Ledger;
import dev.wrtfarm.flash.lane.LaneEnd;
import dev.wrtfarm.flash.lane.LaneFolder;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Tells the farm how jobs ended, however long it takes until it hears. */
final class Ends {
  private static final System.Logger LOG = System.getLogger(Ends.class.getName());

  private static final Duration OFTEN = Duration.ofSeconds(3);
  private static final Duration SELDOM = Duration.ofSeconds(75);

  private final Farm farm;
  private final Journal journal;
  private final Ledger ledger;

  Ends(Farm farm, Journal journal, Ledger ledger) {
    this.farm = farm;
    this.journal = journal;
    this.ledger = ledger;
  }

  /** Of a lane that is gone. The folder goes when the farm knows. */
  void tell(FlashLease lease, LaneFolder folder, LaneEnd end)
      throws InterruptedException, IOException {
    switch (end) {
      case LaneEnd.Reported it -> {
        FlashState to = it.report().verdict().isGood() ? FlashState.PASSED : FlashState.FAILED;
        tell(lease, to, it.report());
      }
      case LaneEnd.NeverBegun it -> failed(lease, Verdict.REFUSED, it.reason());
      case LaneEnd.CutOff it -> {
        awaitResolution(lease, tell(lease, FlashState.NEEDS_CHECK, cutOff(it.reason())));
      }
    }
    folder.delete();
  }

  /** Nothing was written. */
  void refused(FlashLease lease, DeviceRefused why) throws InterruptedException {
    FlashReport report =
        FlashReport.untouched(verdict(why.reason()), String.valueOf(why.getMessage()));
    tell(new Transition(lease, FlashState.FAILED, null, report, why.reason()));
  }

  /** Nothing was written. */
  void failed(FlashLease lease, Verdict verdict, String why) throws InterruptedException {
    tell(lease, FlashState.FAILED, FlashReport.untouched(verdict, why));
  }

  /** Whether the farm took it. */
  boolean tell(FlashLease lease, FlashState to, FlashReport report) throws InterruptedException {
    return tell(new Transition(lease, to, null, report));
  }

  private boolean tell(Transition told) throws InterruptedException {
    String job = told.lease().job();
    try {
      farm.transition(told);
      LOG.log(Level.INFO, "job {0}: {1}", job, told.to());
      return true;
    } catch (LeaseLost | StateRefused | FarmRefused e) {
      // The farm has decided without us; what happened is in the journal, of which it has a copy.
      LOG.log(
          Level.WARNING,
          "job {0}: {1} is not wanted any more: {2}",
          job,
          told.to(),
          e.getMessage());
      return false;
    }
  }

  /**
   * Until a person has looked at the card, and said so at the farm, or at this host if the farm has
   * no memory of the job. A farm that did not take our word for it finds out when the lease runs
   * out, so it must not be asked more often than that.
   */
  private void awaitResolution(FlashLease lease, boolean known)
      throws InterruptedException, IOException {
    do {
      Thread.sleep(known ? OFTEN : SELDOM);
      journal.refresh();
      if (ledger.openRun(lease.job()).isEmpty()) {
        return;
      }
    } while (!isResolved(lease));
    journal.append(new Resolved(lease.job(), "farm", "resolved at the farm"));
  }

  /**
   * Only by its own word: a lease that is not ours is what a farm says, too, whose database was put
   * back to before the claim.
   */
  private boolean isResolved(FlashLease lease) throws InterruptedException {
    try {
      FlashState state = farm.progress(lease, "cut off", 0, "").state();
      return state == FlashState.PASSED || state == FlashState.FAILED;
    } catch (LeaseLost | StateRefused | FarmUnreachable | FarmRefused e) {
      return false;
    }
  }

  static FlashReport cutOff(String reason) {
    return new FlashReport(
        Verdict.INTERRUPTED,
        reason,
        true,
        Map.of(),
        0,
        0,
        List.of(),
        0,
        null,
        List.of(),
        0,
        FlashReport.Latency.NONE,
        List.of());
  }

  static Verdict verdict(RefusalReason reason) {
    return switch (reason) {
      case CHANGED -> Verdict.DEVICE_CHANGED;
      case IN_USE, MOUNTED, SWAP, HELD, STACKED_LOOP -> Verdict.NOT_EXCLUSIVE;
      default -> Verdict.REFUSED;
    };
  }
}
