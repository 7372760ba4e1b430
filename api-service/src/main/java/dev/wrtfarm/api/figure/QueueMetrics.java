package dev.wrtfarm.api.figure;

import dev.wrtfarm.api.offer.OffersSent;
import dev.wrtfarm.api.tick.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/** What waits and runs, read from the database, and the offers that were sent for it. */
@ApplicationScoped
class QueueMetrics {
  private static final Duration REFRESH = Duration.ofSeconds(5);

  private final MeterRegistry registry;
  private final Counter sent;
  private final Counter failed;
  private final Ticker ticker;
  private volatile FarmFigures.Queue queue = FarmFigures.Queue.EMPTY;

  QueueMetrics(MeterRegistry registry, FarmFigures figures) {
    this.registry = registry;
    sent = registry.counter("wrtfarm.offers", "outcome", "sent");
    failed = registry.counter("wrtfarm.offers", "outcome", "failed");
    ticker = new Ticker("queue-figures", REFRESH, () -> queue = figures.queue());
  }

  void start(@Observes StartupEvent event) {
    gauge("wrtfarm.queue.depth", "", "Builds that wait", FarmFigures.Queue::queued);
    gauge(
        "wrtfarm.queue.oldest.age",
        "seconds",
        "Age of the build that waits longest",
        FarmFigures.Queue::oldestQueuedSeconds);
    gauge("wrtfarm.builds.running", "", "Builds that run", FarmFigures.Queue::running);
    gauge("wrtfarm.offers.waiting", "", "Offers not sent yet", FarmFigures.Queue::offersWaiting);
    gauge(
        "wrtfarm.offers.oldest.age",
        "seconds",
        "For how long the oldest offer has been due and is not sent",
        FarmFigures.Queue::oldestOfferSeconds);
    ticker.start();
  }

  void stop(@Observes ShutdownEvent event) {
    ticker.stop();
  }

  private void gauge(
      String name, String unit, String description, ToDoubleFunction<FarmFigures.Queue> value) {
    Gauge.builder(name, () -> value.applyAsDouble(queue))
        .baseUnit(unit.isEmpty() ? null : unit)
        .description(description)
        .register(registry);
  }

  void sent(@Observes OffersSent offers) {
    sent.increment(offers.acknowledged());
    failed.increment(offers.failed());
  }
}
