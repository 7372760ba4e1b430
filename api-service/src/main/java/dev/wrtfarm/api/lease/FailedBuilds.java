package dev.wrtfarm.api.lease;

import dev.wrtfarm.api.build.Build;
import dev.wrtfarm.api.build.BuildStates;
import dev.wrtfarm.api.build.Transition;
import dev.wrtfarm.api.offer.OfferDue;
import dev.wrtfarm.common.build.Failure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ends a build as FAILED, or puts it back into the queue. */
@ApplicationScoped
class FailedBuilds {
  /** A worker's death is soon over; what failed once needs time to get well. */
  private static final int[] AFTER_LOSS_SECONDS = {0, 10};

  private static final int[] AFTER_FAILURE_SECONDS = {10, 60};

  /** To hand back is free, but a build that every worker hands back must not go round and round. */
  private static final int QUICK_ATTEMPTS = 10;

  private static final int AFTER_MANY_SECONDS = 30;

  private final BuildStates states;
  private final Event<OfferDue> offers;

  FailedBuilds(BuildStates states, Event<OfferDue> offers) {
    this.states = states;
    this.offers = offers;
  }

  void end(Transition transition, Build build, Failure failure, @Nullable String stageMillis) {
    Map<String, Object> values = new HashMap<>();
    values.put("reason", failure.reason().name());
    values.put("class", failure.reason().failureClass().name());
    values.put("message", failure.message());
    values.put("excerpt", failure.excerpt());
    values.put("millis", stageMillis == null ? "" : stageMillis);
    states.change(
        transition,
        build,
        """
        , failure_reason = :reason, failure_class = :class, failure_message = :message
        , failure_excerpt = :excerpt, stage_millis = nullif(:millis, '')
        """,
        values,
        failure.reason());
  }

  void retry(Build build) {
    requeue(
        Transition.RETRY,
        build,
        ", failed_attempts = failed_attempts + 1",
        backOff(AFTER_FAILURE_SECONDS, build.failedAttempts()));
  }

  void reap(Build build) {
    requeue(
        Transition.REAP,
        build,
        ", lost_leases = lost_leases + 1",
        backOff(AFTER_LOSS_SECONDS, build.lostLeases()));
  }

  void release(Build build) {
    requeue(
        Transition.RELEASE, build, "", build.attempt() <= QUICK_ATTEMPTS ? 0 : AFTER_MANY_SECONDS);
  }

  private void requeue(Transition transition, Build build, String set, int afterSeconds) {
    states.change(
        transition,
        build,
        set
            + """
            , claimable_at = now() + make_interval(secs => :after)
            , offer_at = now() + make_interval(secs => :after)
            """,
        Map.of("after", afterSeconds));
    offers.fire(new OfferDue());
  }

  private static int backOff(int[] seconds, int before) {
    return seconds[Math.min(before, seconds.length - 1)];
  }
}
