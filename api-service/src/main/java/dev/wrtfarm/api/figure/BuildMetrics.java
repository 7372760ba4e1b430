package dev.wrtfarm.api.figure;

import static jakarta.enterprise.event.TransactionPhase.AFTER_SUCCESS;

import dev.wrtfarm.api.build.BuildChanged;
import dev.wrtfarm.api.lease.StagesTimed;
import dev.wrtfarm.api.submission.Outcome;
import dev.wrtfarm.api.submission.RequestMade;
import dev.wrtfarm.api.submission.RequestRefused;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

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

  private final MeterRegistry registry;

  BuildMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void requested(@Observes(during = AFTER_SUCCESS) RequestMade made) {
    requested(made.outcome());
  }

  /** Told outside of any transaction: the one that refused was rolled back. */
  void refused(@Observes RequestRefused refused) {
    requested(Outcome.REFUSED);
  }

  private void requested(Outcome outcome) {
    registry.counter("wrtfarm.requests", "outcome", outcome.word()).increment();
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
      String reason = change.reason() == null ? "none" : Words.of(change.reason());
      registry
          .counter(
              "wrtfarm.builds.ended",
              "outcome",
              Words.of(change.transition().to()),
              "reason",
              reason)
          .increment();
    }
  }
}
