package dev.wrtfarm.common.agent;

import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.RefusalReason;
import org.jspecify.annotations.Nullable;

/**
 * A job's next state, as the agent sees it. Repeated until it is answered; the same one again gets
 * the same answer.
 *
 * @param to PLANNED (with a plan), CONFIRMED (with a plan: the agent's configuration confirms it
 *     unattended), WRITING, VERIFYING, PASSED or FAILED (with a report), REQUESTED (given back
 *     before anything was written), NEEDS_CHECK (with a report that says how the run was cut off)
 * @param refusal with FAILED: why the device may not be written, when that was it
 */
public record Transition(
    FlashLease lease,
    FlashState to,
    @Nullable FlashPlan plan,
    @Nullable FlashReport report,
    @Nullable RefusalReason refusal) {

  public Transition(
      FlashLease lease, FlashState to, @Nullable FlashPlan plan, @Nullable FlashReport report) {
    this(lease, to, plan, report, null);
  }
}
