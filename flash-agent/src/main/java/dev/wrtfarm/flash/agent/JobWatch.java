package dev.wrtfarm.flash.agent;

import dev.wrtfarm.common.agent.FlashLease;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.flash.lane.RunStatus;
import dev.wrtfarm.flash.lane.RunWatch;

/** A farm's job looks at its run through its heartbeat. */
record JobWatch(Heartbeat heartbeat, Ends ends, FlashLease lease) implements RunWatch {

  @Override
  public void status(RunStatus status) {
    heartbeat.status(status);
  }

  @Override
  public boolean isCancelAsked() {
    return heartbeat.isCancelled();
  }

  /** The job ends now; its slot stays locked for as long as the lane is there. */
  @Override
  public boolean stuck(FlashReport report) {
    Thread.ofVirtual()
        .name("stuck-" + lease.job())
        .start(() -> {
          try {
            ends.tell(lease, FlashState.FAILED, report);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return true;
  }
}
