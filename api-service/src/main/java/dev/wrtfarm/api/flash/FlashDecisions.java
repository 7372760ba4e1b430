package dev.wrtfarm.api.flash;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wrtfarm.api.build.Text;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.rest.ConfirmFlash;
import dev.wrtfarm.common.rest.FlashView;
import dev.wrtfarm.common.rest.ResolveFlash;
import dev.wrtfarm.common.value.InvalidValue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.MessageDigest;
import java.util.Map;

/** What a person decides about a job. */
@ApplicationScoped
public class FlashDecisions {
  private static final int LONGEST_NOTE = 500;

  private final FlashJobs jobs;
  private final FlashStates states;
  private final FlashViews views;

  FlashDecisions(FlashJobs jobs, FlashStates states, FlashViews views) {
    this.jobs = jobs;
    this.states = states;
    this.views = views;
  }

  /**
   * Whoever has read the plan says so, by its token and the slot's name. The same again is fine.
   */
  @Transactional
  public FlashView confirm(String id, ConfirmFlash confirmation) {
    FlashJob job = jobs.lockExisting(id);
    if (!confirmation.slot().equals(job.slot)) {
      throw new InvalidValue(
          "slot",
          confirmation.slot(),
          "the job's slot is " + job.slot + ": is it the one you mean?");
    }
    boolean sameToken = job.token != null && isSame(job.token, confirmation.token());
    if (job.state == FlashState.CONFIRMED && sameToken) {
      return views.view(id);
    }
    if (job.state != FlashState.PLANNED) {
      throw new StateRefused(
          "flash job %s is %s: only a PLANNED one can be confirmed".formatted(id, job.state));
    }
    if (!sameToken) {
      // The value may be a token: it is not told back.
      throw new InvalidValue("token", "…", "give the one of the job's plan as it is now");
    }
    if (jobs.isPlanOver(job)) {
      throw new StateRefused(
          "the plan of flash job %s is too old: submit the job again".formatted(id));
    }
    states.change(FlashTransition.CONFIRM, job);
    return views.view(id);
  }

  private static boolean isSame(String wanted, String given) {
    return MessageDigest.isEqual(wanted.getBytes(UTF_8), given.getBytes(UTF_8));
  }

  /**
   * Before the first write it is free; after it the agent is asked to stop, and the card is left
   * unusable. A job that has ended is left as it is.
   */
  @Transactional
  public FlashView cancel(String id) {
    FlashJob job = jobs.lockExisting(id);
    if (FlashTransition.CANCEL.isAllowedFor(job)) {
      states.change(
          FlashTransition.CANCEL,
          job,
          ", reason = 'cancelled before anything was written'",
          Map.of());
    } else if (job.state == FlashState.NEEDS_CHECK) {
      throw new StateRefused(
          "flash job %s is NEEDS_CHECK: look at the card, then resolve it".formatted(id));
    } else if (!job.state.isEnded()) {
      jobs.getSession()
          .createNativeMutationQuery("update flash_job set cancel_asked = true where id = :id")
          .setParameter("id", id)
          .executeUpdate();
    }
    return views.view(id);
  }

  /**
   * A person has looked at the card of a job whose agent was lost. The fence is raised, so a late
   * report is refused; and the agent has to have said, since it was lost, that no lane of the job
   * lives any more: otherwise the card might be written to after the person has looked.
   */
  @Transactional
  public FlashView resolve(String id, ResolveFlash resolution) {
    FlashJob job = jobs.lockExisting(id);
    boolean passed = passed(resolution.verdict());
    if (job.state != FlashState.NEEDS_CHECK) {
      throw new StateRefused(
          "flash job %s is %s: only one that NEEDS_CHECK can be resolved".formatted(id, job.state));
    }
    if (!jobs.hasNoLane(job)) {
      throw new StateRefused(
          "the agent of %s has not said since that no process writes for flash job %s: start it, or"
                  .formatted(job.host, id)
              + " wait for its report");
    }
    String note = resolution.note() == null ? "" : Text.clean(resolution.note(), LONGEST_NOTE);
    states.change(
        passed ? FlashTransition.RESOLVE_PASSED : FlashTransition.RESOLVE_FAILED,
        job,
        ", reason = :reason, unusable = :unusable, wrote = null",
        Map.of(
            "reason",
            "a person found: " + resolution.verdict() + (note.isEmpty() ? "" : "; " + note),
            "unusable",
            !passed && !job.isReadOnly()));
    return views.view(id);
  }

  private static boolean passed(String verdict) {
    return switch (verdict) {
      case "passed" -> true;
      case "failed" -> false;
      default -> throw new InvalidValue("verdict", verdict, "give passed or failed");
    };
  }
}
