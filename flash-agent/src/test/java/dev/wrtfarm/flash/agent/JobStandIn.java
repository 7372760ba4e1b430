package dev.wrtfarm.flash.agent;

import dev.wrtfarm.common.agent.FlashClaim;
import dev.wrtfarm.common.agent.FlashLease;
import dev.wrtfarm.common.agent.FlashProgress;
import dev.wrtfarm.common.agent.FlashWork;
import dev.wrtfarm.common.agent.FlashWork.ImageSource;
import dev.wrtfarm.common.agent.FlashWork.Step;
import dev.wrtfarm.common.agent.Transition;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashOptions;
import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.common.problem.ProblemType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A job of the stand-in: the farm's table of states, one lease at a time. */
final class JobStandIn {
  final String id;
  final FlashKind kind;
  final String slot;
  final ImageSource image;
  final FlashOptions options;
  final boolean unattended;
  volatile FlashState state = FlashState.REQUESTED;
  volatile @Nullable FlashPlan plan;
  volatile @Nullable FlashReport report;
  volatile @Nullable RefusalReason refusal;
  volatile boolean cancel;
  final List<FlashState> told = new ArrayList<>();
  final Set<String> phases = new TreeSet<>();

  /** What its agent has said of it, each once. */
  final Set<String> details = ConcurrentHashMap.newKeySet();

  /** How often somebody without a lease was sent away. */
  volatile int strangers;

  private long fence;
  private @Nullable FlashLease lease;

  JobStandIn(
      FlashKind kind, String slot, ImageSource image, FlashOptions options, boolean unattended) {
    byte[] random = new byte[8];
    ThreadLocalRandom.current().nextBytes(random);
    this.id = "f" + HexFormat.of().formatHex(random);
    this.kind = kind;
    this.slot = slot;
    this.image = image;
    this.options = options;
    this.unattended = unattended;
  }

  FlashPlan plan() {
    return Objects.requireNonNull(plan, "no plan yet");
  }

  FlashReport report() {
    return Objects.requireNonNull(report, "no report yet");
  }

  /** A person's word. */
  synchronized void confirm() {
    if (state != FlashState.PLANNED) {
      throw new IllegalStateException("confirmed in " + state);
    }
    state = FlashState.CONFIRMED;
  }

  /** As a database does that was put back to an earlier state. */
  synchronized void restore(FlashState earlier) {
    state = earlier;
    lease = null;
    report = null;
  }

  /** As the reaper does with a lease that ran out. */
  synchronized void loseLease() {
    if (state == FlashState.WRITING || state == FlashState.VERIFYING) {
      state = FlashState.NEEDS_CHECK;
    } else {
      lease = null;
    }
  }

  /** A person's word about a card that nobody knows. */
  synchronized void resolve(FlashState end) {
    state = end;
    fence++;
    lease = null;
  }

  synchronized @Nullable FlashWork claim(FlashClaim claim) {
    boolean mine = lease != null && lease.secret().equals(claim.nonce());
    boolean open = state == FlashState.REQUESTED || state == FlashState.CONFIRMED;
    if (!claim.slots().contains(slot) || !open || (lease != null && !mine)) {
      return null;
    }
    if (!mine) {
      lease = new FlashLease(id, ++fence, claim.nonce());
    }
    return new FlashWork(
        id,
        fence,
        state == FlashState.REQUESTED ? Step.PLAN : Step.EXECUTE,
        kind,
        slot,
        image,
        options,
        unattended,
        plan == null ? null : plan.token(),
        45);
  }

  synchronized boolean holds(FlashLease shown) {
    return shown.equals(lease);
  }

  synchronized Object progress(FlashProgress told) {
    boolean endedSince = state.isEnded() && fence > told.lease().fence();
    if (!holds(told.lease()) && !endedSince) {
      strangers++;
      return ProblemType.LEASE_LOST;
    }
    phases.add(told.phase());
    details.add(told.detail());
    return FarmStandIn.reply(state, cancel);
  }

  synchronized Object transition(Transition wanted) {
    if (!holds(wanted.lease())) {
      return ProblemType.LEASE_LOST;
    }
    if (state == wanted.to()) {
      return FarmStandIn.reply(state, cancel);
    }
    boolean allowed =
        switch (wanted.to()) {
          case PLANNED, CONFIRMED -> state == FlashState.REQUESTED;
          case WRITING -> state == FlashState.CONFIRMED && kind == FlashKind.FLASH;
          case VERIFYING ->
              state == FlashState.WRITING
                  || (state == FlashState.CONFIRMED && kind == FlashKind.VERIFY);
          case NEEDS_CHECK -> EnumSet.of(FlashState.WRITING, FlashState.VERIFYING).contains(state);
          case PASSED ->
              EnumSet.of(FlashState.WRITING, FlashState.VERIFYING, FlashState.NEEDS_CHECK)
                  .contains(state);
          case FAILED -> !state.isEnded() && state != FlashState.PLANNED;
          default -> false;
        };
    if (!allowed) {
      return state == FlashState.NEEDS_CHECK
          ? FarmStandIn.reply(state, cancel)
          : ProblemType.STATE_REFUSED;
    }
    told.add(wanted.to());
    plan = wanted.plan() == null ? plan : wanted.plan();
    report = wanted.report() == null ? report : wanted.report();
    refusal = wanted.refusal();
    if (wanted.to().isEnded() || wanted.plan() != null) {
      fence++;
      lease = null;
    }
    // At last: whoever waits for it looks at the rest then.
    state = wanted.to();
    return FarmStandIn.reply(state, cancel);
  }
}
