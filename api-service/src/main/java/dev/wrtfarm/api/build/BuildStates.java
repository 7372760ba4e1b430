package dev.wrtfarm.api.build;

import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.build.FailureReason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.Query;
import java.util.Map;
import org.hibernate.Session;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Changes a build's state: one conditional UPDATE, whose row count is the answer. */
@ApplicationScoped
public class BuildStates {
  private static final Logger LOG = Logger.getLogger(BuildStates.class);

  private final Session entities;
  private final Event<BuildChanged> changes;

  BuildStates(Session entities, Event<BuildChanged> changes) {
    this.entities = entities;
    this.changes = changes;
  }

  public void change(Transition transition, Build build) {
    change(transition, build, "", Map.of(), null);
  }

  public void change(Transition transition, Build build, String set, Map<String, Object> values) {
    change(transition, build, set, values, null);
  }

  /**
   * Makes the change, or throws when there is no such change from the build's state.
   *
   * @param build as it was read under its row's lock
   * @param set further columns to set, as in SQL, beginning with a comma
   */
  public void change(
      Transition transition,
      Build build,
      String set,
      Map<String, Object> values,
      @Nullable FailureReason reason) {
    if (!transition.isAllowedFrom(build.state)) {
      throw impossible(transition, build);
    }
    Query update = entities.createNativeQuery(sql(transition, build.state, set));
    update
        .setParameter("id", build.id)
        .setParameter("oldFence", build.fence)
        .setParameter("oldState", build.state.name())
        .setParameter("newState", transition.to().name());
    values.forEach(update::setParameter);
    if (update.executeUpdate() != 1) {
      throw impossible(transition, build);
    }
    changes.fire(
        new BuildChanged(
            build.id, transition, build.attempt, build.state, build.secretSha256 != null, reason));
  }

  private static String sql(Transition transition, BuildState from, String set) {
    StringBuilder sql = new StringBuilder("update build set state = :newState");
    if (transition.raisesFence()) {
      sql.append(", fence = fence + 1");
    }
    if (transition.raisesFence() && transition != Transition.CLAIM) {
      sql.append(", secret_sha256 = null");
    }
    if (from == BuildState.QUEUED && transition.isUnderLease()) {
      // The lease that was taken for lost was not.
      sql.append(", lost_leases = greatest(0, lost_leases - 1)");
    }
    if (transition.ends()) {
      sql.append(", ended_at = now(), offer_at = null, last_used_at = now()");
    }
    return sql.append(set)
        .append(" where id = :id and fence = :oldFence and state = :oldState")
        .toString();
  }

  private static IllegalStateException impossible(Transition transition, Build build) {
    String sentence =
        "impossible: %s by %s of build %s in state %s, fence %d"
            .formatted(transition, transition.actor(), build.id, build.state, build.fence);
    LOG.error(sentence);
    return new IllegalStateException(sentence);
  }
}
