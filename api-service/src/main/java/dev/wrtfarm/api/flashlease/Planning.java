package dev.wrtfarm.api.flashlease;

import dev.wrtfarm.api.flash.FlashJob;
import dev.wrtfarm.api.flash.FlashJobs;
import dev.wrtfarm.api.flash.FlashStates;
import dev.wrtfarm.api.flash.FlashTransition;
import dev.wrtfarm.api.flash.JsonColumn;
import dev.wrtfarm.api.lab.CardId;
import dev.wrtfarm.api.lab.Hosts;
import dev.wrtfarm.common.agent.Inventory.CardReport;
import dev.wrtfarm.common.agent.Inventory.SlotReport;
import dev.wrtfarm.common.agent.Transition;
import dev.wrtfarm.common.flash.CardState;
import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.value.InvalidValue;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

/** Takes an agent's plan in: for a person to confirm, or confirmed where that may be. */
@ApplicationScoped
class Planning {
  private final FlashJobs jobs;
  private final FlashStates states;
  private final Hosts hosts;
  private final FlashLeaseConfig config;

  Planning(FlashJobs jobs, FlashStates states, Hosts hosts, FlashLeaseConfig config) {
    this.jobs = jobs;
    this.states = states;
    this.hosts = hosts;
    this.config = config;
  }

  FlashState plan(FlashJob job, Transition told) {
    FlashPlan plan = told.plan();
    if (plan == null) {
      throw new InvalidValue("plan", "", "it is missing; PLANNED and CONFIRMED come with one");
    }
    check(plan, job);
    if (!FlashTransition.PLAN.isAllowedFor(job)) {
      throw ToldChanges.refused(job, told.to());
    }
    String card = CardId.of(job.host(), plan.device().card());
    Optional<String> obstacle = held(card, job).or(() -> exchanged(card, job));
    if (obstacle.isPresent()) {
      states.refuse(job, obstacle.get());
      return FlashState.FAILED;
    }
    boolean confirmed = told.to() == FlashState.CONFIRMED && mayGoUnattended(job, card);
    FlashTransition transition = confirmed ? FlashTransition.PLAN_UNATTENDED : FlashTransition.PLAN;
    states.change(
        transition,
        job,
        """
        , plan = :plan, token = :token, card_id = :card
        , plan_until = now() + make_interval(secs => :seconds), phase = '', percent = 0, detail = ''
        """,
        Map.of(
            "plan",
            JsonColumn.write(plan),
            "token",
            plan.token(),
            "card",
            card,
            "seconds",
            config.plan().toMillis() / 1000.0));
    return transition.to();
  }

  private static void check(FlashPlan plan, FlashJob job) {
    require("plan.kind", plan.kind().name(), job.kind().name());
    require("plan.slot", plan.slot(), job.slot());
    require("plan.image.sha256", plan.image().sha256(), job.imageSha256());
    if (!plan.options().equals(job.options())) {
      throw new InvalidValue("plan.options", "…", "plan the job's own options");
    }
  }

  private static void require(String field, String given, String wanted) {
    if (!given.equals(wanted)) {
      throw new InvalidValue(field, given, "the job has " + wanted);
    }
  }

  private Optional<String> held(String card, FlashJob job) {
    return jobs.holder(card, job.id())
        .map(other ->
            "card %s is held by flash job %s (%s) of slot %s at %s"
                .formatted(card, other.id(), other.state(), other.slot(), other.host()));
  }

  /** Reading another card again says nothing about the earlier flash. */
  private Optional<String> exchanged(String card, FlashJob job) {
    String rechecks = job.rechecks();
    if (rechecks == null) {
      return Optional.empty();
    }
    return jobs.findByIdOptional(rechecks)
        .map(FlashJob::card)
        .filter(earlier -> !card.equals(earlier))
        .map(earlier ->
            "slot %s holds card %s; flash job %s was done on card %s"
                .formatted(job.slot(), card, rechecks, earlier));
  }

  /**
   * The agent decides by its own configuration, and the farm by what it has heard of slot and card.
   * Where the two disagree a person is asked. To read destroys nothing.
   */
  private boolean mayGoUnattended(FlashJob job, String card) {
    if (!job.unattended() || job.options().prefixBytes() != null) {
      return false;
    }
    return job.isReadOnly()
        || hosts
            .slot(job.host(), job.slot())
            .filter(SlotReport::unattended)
            .map(SlotReport::card)
            .filter(told -> isQualified(told, job.host(), card))
            .isPresent();
  }

  private static boolean isQualified(CardReport told, String host, String card) {
    return told.state() == CardState.QUALIFIED && CardId.of(host, told.id()).equals(card);
  }
}
