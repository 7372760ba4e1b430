package dev.wrtfarm.api.flash;

import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.RefusalReason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.Map;
import org.hibernate.Session;
import org.hibernate.query.MutationQuery;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Changes a flash job's state: one conditional UPDATE, whose row count is the answer. */
@ApplicationScoped
public class FlashStates {
  private static final Logger LOG = Logger.getLogger(FlashStates.class);

  private final Session entities;
  private final Event<FlashChanged> changes;

  FlashStates(Session entities, Event<FlashChanged> changes) {
    this.entities = entities;
    this.changes = changes;
  }

  public void change(FlashTransition transition, FlashJob job) {
    change(transition, job, "", Map.of());
  }

  public void change(
      FlashTransition transition, FlashJob job, String set, Map<String, Object> values) {
    change(transition, job, set, values, null, null);
  }

  /** The farm cannot have it done; nothing was written. */
  public void refuse(FlashJob job, String why) {
    change(FlashTransition.REFUSE, job, ", reason = :reason, wrote = false", Map.of("reason", why));
  }

  /**
   * Makes the change, or throws when there is no such change from the job's state.
   *
   * @param job as it was read under its row's lock
   * @param set further columns to set, as in SQL, beginning with a comma
   */
  public void change(
      FlashTransition transition,
      FlashJob job,
      String set,
      Map<String, Object> values,
      @Nullable FlashReport report,
      @Nullable RefusalReason refusal) {
    if (!transition.isAllowedFor(job)) {
      throw impossible(transition, job);
    }
    MutationQuery update = entities.createNativeMutationQuery(sql(transition, set));
    update
        .setParameter("id", job.id)
        .setParameter("oldFence", job.fence)
        .setParameter("oldState", job.state.name())
        .setParameter("newState", transition.to().name());
    values.forEach(update::setParameter);
    if (update.executeUpdate() != 1) {
      throw impossible(transition, job);
    }
    changes.fire(new FlashChanged(job.id, job.host, transition, job.state, report, refusal));
  }

  private static String sql(FlashTransition transition, String set) {
    StringBuilder sql = new StringBuilder("update flash_job set state = :newState");
    if (transition.raisesFence()) {
      sql.append(", fence = fence + 1");
    }
    if (transition.endsLeaseByWord()) {
      sql.append(
          ", told_fence = fence, told_secret_sha256 = secret_sha256, told = '"
              + transition.name()
              + "'");
    }
    if (transition.raisesFence() && !transition.isClaim()) {
      sql.append(", secret_sha256 = null, lease_until = null");
    }
    if (!transition.raisesFence() && transition.actor() == FlashActor.FARM) {
      // Reaped: whoever had it may still be heard, under the same fence and secret.
      sql.append(", lease_until = null");
    }
    if (transition.ends()) {
      sql.append(", ended_at = now(), blob_id = null");
    }
    return sql.append(set)
        .append(" where id = :id and fence = :oldFence and state = :oldState")
        .toString();
  }

  private static IllegalStateException impossible(FlashTransition transition, FlashJob job) {
    String sentence =
        "impossible: %s by %s of flash job %s in state %s, fence %d"
            .formatted(transition, transition.actor(), job.id, job.state, job.fence);
    LOG.error(sentence);
    return new IllegalStateException(sentence);
  }
}
