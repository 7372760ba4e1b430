package dev.wrtfarm.api.flashlease;

import dev.wrtfarm.api.build.Locks;
import dev.wrtfarm.api.flash.FlashJob;
import dev.wrtfarm.api.flash.FlashJobs;
import dev.wrtfarm.api.flash.FlashStates;
import dev.wrtfarm.api.flash.FlashTransition;
import dev.wrtfarm.api.flash.StateRefused;
import dev.wrtfarm.api.lab.CardId;
import dev.wrtfarm.api.lease.LeaseLost;
import dev.wrtfarm.common.agent.Transition;
import dev.wrtfarm.common.agent.TransitionReply;
import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.value.InvalidValue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Optional;

/** Makes the changes that an agent tells under its lease; the same one again is the same answer. */
@ApplicationScoped
public class ToldChanges {
  private static final Map<FlashState, FlashTransition> PLAIN =
      Map.of(
          FlashState.REQUESTED, FlashTransition.GIVE_BACK,
          FlashState.WRITING, FlashTransition.WRITE,
          FlashState.VERIFYING, FlashTransition.VERIFY);

  private final FlashJobs jobs;
  private final FlashLeases leases;
  private final FlashStates states;
  private final Planning planning;
  private final FlashEnds ends;
  private final Locks locks;

  ToldChanges(
      FlashJobs jobs,
      FlashLeases leases,
      FlashStates states,
      Planning planning,
      FlashEnds ends,
      Locks locks) {
    this.jobs = jobs;
    this.leases = leases;
    this.states = states;
    this.planning = planning;
    this.ends = ends;
    this.locks = locks;
  }

  @Transactional
  public TransitionReply tell(Transition told) {
    String host = jobs.findByIdOptional(told.lease().job()).map(FlashJob::host).orElse("");
    FlashPlan plan = told.plan();
    if (plan != null) {
      // Advisory locks come first: two jobs must not both find that nobody has the card.
      locks.take("card " + CardId.of(host, plan.device().card()));
    }
    Optional<FlashJob> held = leases.lock(told.lease());
    if (held.isEmpty()) {
      return leases
          .toldBefore(told.lease(), told.to())
          .map(job -> new TransitionReply(job.state(), job.cancelAsked()))
          .orElseThrow(() -> LeaseLost.ofFlashJob(told.lease().job()));
    }
    return new TransitionReply(change(held.get(), told), held.get().cancelAsked());
  }

  /** Answers with the state that the job has then. */
  private FlashState change(FlashJob job, Transition told) {
    return switch (told.to()) {
      case PLANNED, CONFIRMED -> planning.plan(job, told);
      case PASSED, FAILED -> ends.end(job, told);
      case NEEDS_CHECK -> ends.cutOff(job, told);
      case REQUESTED, WRITING, VERIFYING -> plain(job, told.to());
      default ->
          throw new InvalidValue(
              "to", told.to().name(), "an agent tells any state but CANCELLED and EXPIRED");
    };
  }

  private FlashState plain(FlashJob job, FlashState to) {
    FlashTransition transition = PLAIN.get(to);
    if (transition == null) {
      throw new IllegalStateException("no change to " + to);
    }
    if (job.state() == to && to != FlashState.REQUESTED) {
      return to;
    }
    if (job.state() == FlashState.NEEDS_CHECK && to != FlashState.REQUESTED) {
      // The agent was taken for lost; only its report, or a person, gets the job out of that.
      return job.state();
    }
    if (!transition.isAllowedFor(job)) {
      throw refused(job, to);
    }
    boolean begins = job.state() == FlashState.CONFIRMED && to != FlashState.REQUESTED;
    if (begins && jobs.isPlanOver(job)) {
      // Of an agent that could not reach us for a while; the reaper may not have come by yet.
      throw new StateRefused(
          "flash job %s: its plan is too old to begin: submit it again".formatted(job.id()));
    }
    states.change(transition, job, set(transition), Map.of());
    return transition.to();
  }

  private static String set(FlashTransition transition) {
    return switch (transition) {
      case GIVE_BACK ->
          ", plan = null, token = null, plan_until = null, card_id = null, phase = '', percent = 0"
              + ", detail = ''";
      case WRITE, VERIFY -> ", started_at = coalesce(started_at, now())";
      default -> "";
    };
  }

  static StateRefused refused(FlashJob job, FlashState to) {
    return new StateRefused(
        "flash job %s (%s) is %s: it cannot become %s from there"
            .formatted(job.id(), job.kind(), job.state(), to));
  }
}
