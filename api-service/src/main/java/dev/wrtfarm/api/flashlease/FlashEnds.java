package dev.wrtfarm.api.flashlease;

import dev.wrtfarm.api.build.Text;
import dev.wrtfarm.api.flash.FlashJob;
import dev.wrtfarm.api.flash.FlashStates;
import dev.wrtfarm.api.flash.FlashTransition;
import dev.wrtfarm.api.flash.JsonColumn;
import dev.wrtfarm.common.agent.Transition;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.common.value.InvalidValue;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/** Takes an agent's report in. */
@ApplicationScoped
class FlashEnds {
  private static final int LONGEST_REASON = 1_000;

  /** Which card an earlier run of the job wrote to the farm has forgotten: most likely this one. */
  private static final String CARD_OF_SLOT =
      """
      , card_id = coalesce(card_id, (select s.card_id from lab_slot s
          where s.host_id = flash_job.host_id and s.slot = flash_job.slot))
      """;

  private final FlashStates states;

  FlashEnds(FlashStates states) {
    this.states = states;
  }

  FlashState end(FlashJob job, Transition told) {
    FlashReport report = required(told);
    check(report.verdict(), told.to(), job);
    FlashTransition transition =
        told.to() == FlashState.PASSED ? FlashTransition.PASS : FlashTransition.FAIL;
    if (!transition.isAllowedFor(job)) {
      throw ToldChanges.refused(job, told.to());
    }
    boolean failed = transition == FlashTransition.FAIL;
    Map<String, Object> values = new HashMap<>();
    values.put("report", JsonColumn.write(report));
    values.put("verdict", report.verdict().name());
    values.put("unusable", failed && report.wrote() && !job.isReadOnly());
    String reason = ", reason = null";
    if (failed) {
      reason = ", reason = :reason";
      values.put("reason", Text.clean(report.message(), LONGEST_REASON));
    }
    if (told.refusal() == RefusalReason.TOKEN_USED) {
      reason += CARD_OF_SLOT;
    }
    states.change(
        transition,
        job,
        ", report = :report, verdict = :verdict, unusable = :unusable, wrote = "
            + wrote(report, told)
            + reason,
        values,
        report,
        told.refusal());
    return transition.to();
  }

  /** Nobody reports any more: somebody has to look at the card. */
  FlashState cutOff(FlashJob job, Transition told) {
    FlashReport report = required(told);
    if (!FlashTransition.CUT_OFF.isAllowedFor(job)) {
      throw ToldChanges.refused(job, told.to());
    }
    states.change(
        FlashTransition.CUT_OFF,
        job,
        """
        , report = :report, reason = :reason, lost_at = coalesce(lost_at, now())
        , lease_until = null
        """,
        Map.of(
            "report", JsonColumn.write(report),
            "reason", Text.clean(report.message(), LONGEST_REASON)));
    return FlashTransition.CUT_OFF.to();
  }

  private static FlashReport required(Transition told) {
    FlashReport report = told.report();
    if (report == null) {
      throw new InvalidValue("report", "", "it is missing; " + told.to() + " comes with one");
    }
    return report;
  }

  private static void check(Verdict verdict, FlashState to, FlashJob job) {
    if (verdict.isGood() != (to == FlashState.PASSED)) {
      throw new InvalidValue(
          "report.verdict", verdict.name(), "a job with this verdict is not " + to);
    }
    if (verdict == Verdict.PASSED && job.options().prefixBytes() != null) {
      throw new InvalidValue(
          "report.verdict", verdict.name(), "who verified only a prefix says PARTIAL");
    }
  }

  /**
   * A token that was used already: this run wrote nothing, but an earlier one of the same job did,
   * of which the farm knows nothing. Its database was restored from a backup.
   */
  private static String wrote(FlashReport report, Transition told) {
    return told.refusal() == RefusalReason.TOKEN_USED ? "null" : Boolean.toString(report.wrote());
  }
}
