package dev.wrtfarm.api.figure;

import dev.wrtfarm.api.build.BuildChanged;
import dev.wrtfarm.api.lease.ClaimAnswered;
import dev.wrtfarm.api.lease.StagesTimed;
import dev.wrtfarm.api.submission.RequestMade;
import dev.wrtfarm.api.tick.Ticker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What the farm does, in numbers. No label ever names a build, a profile or a package. */
@ApplicationScoped
class BuildMetrics {
  private static final Duration REFRESH = Duration.ofSeconds(5);
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
  private final Ticker ticker;
  private volatile FarmFigures.Queue queue = FarmFigures.Queue.EMPTY;

  BuildMetrics(MeterRegistry registry, FarmFigures figures) {
    this.registry = registry;
    ticker = new Ticker("queue-figures", REFRESH, () -> queue = figures.queue());
  }

  void start(@Observes StartupEvent event) {
    gauge("wrtfarm.queue.depth", "Builds that wait", FarmFigures.Queue::queued);
    gauge("wrtfarm.builds.running", "Builds that run", FarmFigures.Queue::running);
    gauge("wrtfarm.offers.waiting", "Offers not sent yet", FarmFigures.Queue::offersWaiting);
    Gauge.builder("wrtfarm.queue.oldest.age", () -> queue.oldestQueuedSeconds())
        .baseUnit("seconds")
        .description("Age of the build that waits longest")
        .register(registry);
    ticker.start();
  }

  void stop(@Observes ShutdownEvent event) {
    ticker.stop();
  }

  private void gauge(String name, String description, ToDoubleFunction<FarmFigures.Queue> value) {
    Gauge.builder(name, () -> value.applyAsDouble(queue))
        .description(description)
        .register(registry);
  }

  void claimed(@Observes(during = TransactionPhase.AFTER_SUCCESS) ClaimAnswered answer) {
    registry.counter("wrtfarm.claims", "outcome", answer.found() ? "build" : "nothing").increment();
  }

  void requested(@Observes(during = TransactionPhase.AFTER_SUCCESS) RequestMade made) {
    registry.counter("wrtfarm.requests", "outcome", made.outcome().word()).increment();
  }

  void timed(@Observes(during = TransactionPhase.AFTER_SUCCESS) StagesTimed stages) {
    stages
        .millis()
        .forEach((stage, millis) ->
            Timer.builder("wrtfarm.stage.duration")
                .tag("stage", word(stage))
                .description("How long a stage took")
                .serviceLevelObjectives(STAGE_STEPS)
                .register(registry)
                .record(Duration.ofMillis(Math.max(0, millis))));
  }

  void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) BuildChanged change) {
    String result =
        switch (change.transition()) {
          case CLAIM, TAKE_BACK -> "";
          case RELEASE -> "released";
          case RETRY, FAIL -> "failed";
          case SUCCEED -> "succeeded";
          case REUSE -> "reused";
          case REAP, GIVE_UP -> "lost";
          case CANCEL -> change.attempt() > 0 ? "cancelled" : "";
        };
    if (!result.isEmpty()) {
      registry.counter("wrtfarm.attempts", "result", result).increment();
    }
    if (change.transition().ends()) {
      String reason = change.reason() == null ? "none" : word(change.reason());
      registry
          .counter(
              "wrtfarm.builds.ended", "outcome", word(change.transition().to()), "reason", reason)
          .increment();
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
