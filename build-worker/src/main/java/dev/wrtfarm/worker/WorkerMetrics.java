package dev.wrtfarm.worker;

import dev.wrtfarm.common.build.Stage;
import dev.wrtfarm.worker.claim.Outcomes;
import dev.wrtfarm.worker.claim.Queueing;
import dev.wrtfarm.worker.publish.Store;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** What the worker counts. No build, package or device is ever a label. */
final class WorkerMetrics implements Outcomes, Queueing {
  private static final String PREFIX = "wrtfarm.";
  private static final Duration[] STAGE_BUCKETS = {
    Duration.ofMillis(100),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(15),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofMinutes(15),
    Duration.ofHours(1)
  };

  private final MeterRegistry registry;

  WorkerMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (OfferFate fate : OfferFate.values()) {
      offers(fate);
    }
    for (ClaimAnswer answer : ClaimAnswer.values()) {
      claims(answer);
    }
  }

  @Override
  public void offer(OfferFate fate) {
    offers(fate).increment();
  }

  @Override
  public void claim(ClaimAnswer answer) {
    claims(answer).increment();
  }

  void hearsOffers(BooleanSupplier connected) {
    Gauge.builder(PREFIX + "worker.offers.connected", () -> connected.getAsBoolean() ? 1 : 0)
        .register(registry);
  }

  void slots(Supplier<Number> busy, Supplier<Number> idle) {
    Gauge.builder(PREFIX + "worker.slots", busy).tag("state", "busy").register(registry);
    Gauge.builder(PREFIX + "worker.slots", idle).tag("state", "idle").register(registry);
  }

  void draining(BooleanSupplier draining) {
    Gauge.builder(PREFIX + "worker.draining", () -> draining.getAsBoolean() ? 1 : 0)
        .register(registry);
  }

  void cacheSize(String cache, Supplier<Number> bytes) {
    Gauge.builder(PREFIX + "worker.cache.size", bytes)
        .tag("cache", cache)
        .baseUnit("bytes")
        .register(registry);
  }

  /** Hears whether a look-up was a hit. */
  Consumer<Boolean> lookups(String cache) {
    Counter hits = lookup(cache, "hit");
    Counter misses = lookup(cache, "miss");
    return hit -> (hit ? hits : misses).increment();
  }

  /** Hears numbers of bytes that came in. */
  LongConsumer downloads() {
    Counter bytes =
        Counter.builder(PREFIX + "worker.downloads").baseUnit("bytes").register(registry);
    return bytes::increment;
  }

  /** Hears of calls that have to be made again, because no API answered. */
  Consumer<String> repeatedCalls() {
    return call -> registry.counter(PREFIX + "worker.calls.repeated", "call", call).increment();
  }

  Store.Sent uploads() {
    Counter bytes = Counter.builder(PREFIX + "worker.uploads").baseUnit("bytes").register(registry);
    Counter stored = upload("stored");
    Counter failed = upload("failed");
    return (count, arrived) -> {
      bytes.increment(count);
      (arrived ? stored : failed).increment();
    };
  }

  private Counter upload(String result) {
    return registry.counter(PREFIX + "worker.uploads.ended", "result", result);
  }

  @Override
  public void ended(String outcome, Map<Stage, Long> stageMillis) {
    registry.counter(PREFIX + "worker.attempts", "outcome", outcome).increment();
    stageMillis.forEach((stage, millis) ->
        Timer.builder(PREFIX + "worker.stage.duration")
            .tag("stage", word(stage))
            .serviceLevelObjectives(STAGE_BUCKETS)
            .register(registry)
            .record(Duration.ofMillis(millis)));
  }

  private Counter lookup(String cache, String result) {
    return registry.counter(PREFIX + "worker.cache.lookups", "cache", cache, "result", result);
  }

  private Counter offers(OfferFate fate) {
    return registry.counter(PREFIX + "worker.offers", "fate", word(fate));
  }

  private Counter claims(ClaimAnswer answer) {
    return registry.counter(PREFIX + "worker.claims", "answer", word(answer));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
