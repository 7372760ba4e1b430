package dev.wrtfarm.api.figure;

import static jakarta.enterprise.event.TransactionPhase.AFTER_FAILURE;
import static jakarta.enterprise.event.TransactionPhase.AFTER_SUCCESS;

import dev.wrtfarm.api.build.BuildChanged;
import dev.wrtfarm.api.build.Transition;
import dev.wrtfarm.api.lease.ClaimAnswered;
import dev.wrtfarm.api.lease.EndRefused;
import dev.wrtfarm.common.build.BuildState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * What became of claims, leases and attempts. An attempt is counted once, when nothing can change
 * its result any more. A reaped one may still be taken back or end, so it counts as lost only when
 * somebody else claims the build, or when the build ends without it.
 */
@ApplicationScoped
class LeaseMetrics {
  private static final List<String> RESULTS =
      List.of("succeeded", "reused", "failed", "released", "lost", "cancelled");

  private final MeterRegistry registry;
  private final Counter revived;

  LeaseMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (ClaimAnswered.Answer answer : ClaimAnswered.Answer.values()) {
      counter("wrtfarm.claims", "outcome", Words.of(answer));
    }
    RESULTS.forEach(result -> counter("wrtfarm.attempts", "result", result));
    List.of(BuildState.QUEUED, BuildState.FAILED)
        .forEach(state -> counter("wrtfarm.leases.lost", "build", Words.of(state)));
    List.of("accepted", "refused")
        .forEach(outcome -> counter("wrtfarm.late.ends", "outcome", outcome));
    revived = registry.counter("wrtfarm.leases.revived");
  }

  void claimed(@Observes(during = AFTER_SUCCESS) ClaimAnswered claim) {
    count("wrtfarm.claims", "outcome", Words.of(claim.answer()));
  }

  void refused(@Observes(during = AFTER_FAILURE) EndRefused end) {
    count("wrtfarm.late.ends", "outcome", "refused");
  }

  void changed(@Observes(during = AFTER_SUCCESS) BuildChanged change) {
    String result = result(change);
    if (!result.isEmpty()) {
      count("wrtfarm.attempts", "result", result);
    }
    if (change.isLateEnd()) {
      count("wrtfarm.late.ends", "outcome", "accepted");
    }
    if (change.transition() == Transition.TAKE_BACK) {
      revived.increment();
    }
    if (change.transition() == Transition.REAP || change.transition() == Transition.GIVE_UP) {
      count("wrtfarm.leases.lost", "build", Words.of(change.transition().to()));
    }
  }

  private static String result(BuildChanged change) {
    return switch (change.transition()) {
      case CLAIM -> change.held() ? "lost" : "";
      case TAKE_BACK, REAP -> "";
      case RELEASE -> "released";
      case RETRY, FAIL -> "failed";
      case SUCCEED -> "succeeded";
      case REUSE -> "reused";
      case GIVE_UP -> "lost";
      case CANCEL ->
          change.from() == BuildState.RUNNING ? "cancelled" : change.held() ? "lost" : "";
    };
  }

  private void count(String name, String label, String value) {
    counter(name, label, value).increment();
  }

  /** Made before it is needed: what appears with its first event has no rate at that event. */
  private Counter counter(String name, String label, String value) {
    return registry.counter(name, label, value);
  }
}
