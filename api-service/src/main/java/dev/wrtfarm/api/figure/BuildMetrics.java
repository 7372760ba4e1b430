package dev.wrtfarm.api.figure;

import static dev.wrtfarm.common.build.BuildState.CANCELLED;
import static dev.wrtfarm.common.build.BuildState.FAILED;
import static dev.wrtfarm.common.build.BuildState.REUSED;
import static dev.wrtfarm.common.build.BuildState.SUCCEEDED;
import static jakarta.enterprise.event.TransactionPhase.AFTER_SUCCESS;

import dev.wrtfarm.api.build.BuildChanged;
import dev.wrtfarm.api.lease.StagesTimed;
import dev.wrtfarm.api.submission.Outcome;
import dev.wrtfarm.api.submission.RequestMade;
import dev.wrtfarm.api.submission.RequestRefused;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.build.FailureReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;

/** Requests, builds and stages. No label ever names a build, a profile or a package. */
@ApplicationScoped
class BuildMetrics {
  private static final Duration[] STAGE_STEPS = {
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(2),
    Duration.ofMinutes(5),
    Duration.ofMinutes(15),
    Duration.ofMinutes(30)
  };

  private static final String NO_REASON = "none";

  private final MeterRegistry registry;

  BuildMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (Outcome outcome : Outcome.values()) {
      requests(outcome);
    }
    for (BuildState end : List.of(SUCCEEDED, REUSED, CANCELLED)) {
      ended(end, NO_REASON);
    }
    for (FailureReason reason : FailureReason.values()) {
      ended(FAILED, Words.of(reason));
    }
  }

  void requested(@Observes(during = AFTER_SUCCESS) RequestMade made) {
    requested(made.outcome());
  }

  /** Told outside of any transaction: the one that refused was rolled back. */
  void refused(@Observes RequestRefused refused) {
    requested(Outcome.REFUSED);
  }

  private void requested(Outcome outcome) {
    requests(outcome).increment();
  }

  private Counter requests(Outcome outcome) {
    return registry.counter("wrtfarm.requests", "outcome", outcome.word());
  }

  void timed(@Observes(during = AFTER_SUCCESS) StagesTimed stages) {
    stages
        .millis()
        .forEach((stage, millis) ->
            Timer.builder("wrtfarm.stage.duration")
                .tag("stage", Words.of(stage))
                .description("How long a stage took")
                .serviceLevelObjectives(STAGE_STEPS)
                .register(registry)
                .record(Duration.ofMillis(Math.max(0, millis))));
  }

  void changed(@Observes(during = AFTER_SUCCESS) BuildChanged change) {
    if (change.transition().ends()) {
      ended(
              change.transition().to(),
              change.reason() == null ? NO_REASON : Words.of(change.reason()))
          .increment();
    }
  }

  private Counter ended(BuildState end, String reason) {
    return registry.counter("wrtfarm.builds.ended", "outcome", Words.of(end), "reason", reason);
  }
}
