package dev.wrtfarm.api.retention;

import dev.wrtfarm.api.tick.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * Deletes what is kept for a while only: records of ended builds, by their last use; flash jobs, by
 * their end; package sets that no build has; idempotency keys of yesterday. It works in small
 * batches, so that nobody waits for it, and on every replica: each passes over what another is just
 * at. Objects are the collector's: they go when their last reference is gone and their last reader
 * done.
 */
@ApplicationScoped
class Retention {
  private final ExpiredRecords records;
  private final ExpiredFlashJobs flashJobs;
  private final Leftovers leftovers;
  private final MeterRegistry registry;
  private final Duration flashesKept;
  private final Map<RecordKind, Duration> kept = new EnumMap<>(RecordKind.class);
  private final Ticker ticker;

  Retention(
      ExpiredRecords records,
      ExpiredFlashJobs flashJobs,
      Leftovers leftovers,
      MeterRegistry registry,
      RetentionConfig config) {
    this.records = records;
    this.flashJobs = flashJobs;
    this.leftovers = leftovers;
    this.registry = registry;
    kept.put(RecordKind.SUCCESSFUL, config.successful());
    kept.put(RecordKind.FAILED, config.failed());
    kept.put(RecordKind.CANCELLED, config.cancelled());
    flashesKept = config.flash();
    ticker = new Ticker("retention", config.interval(), this::clear);
  }

  void start(@Observes StartupEvent event) {
    ticker.start();
  }

  void stop(@Observes ShutdownEvent event) {
    ticker.stop();
  }

  void clear() {
    // Records that a reused build pointed at come in the next batch after it, and so does a flash
    // after the job that read its card again.
    kept.forEach((kind, age) -> {
      if (age.isPositive()) {
        untilNone(() -> counted(kind.name().toLowerCase(Locale.ROOT), records.delete(kind, age)));
      }
    });
    if (flashesKept.isPositive()) {
      untilNone(() -> counted("flash", flashJobs.delete(flashesKept)));
    }
    untilNone(leftovers::deleteKeys);
    untilNone(leftovers::deletePackageSets);
  }

  private int counted(String kind, int deleted) {
    registry.counter("wrtfarm.records.deleted", "kind", kind).increment(deleted);
    return deleted;
  }

  private static void untilNone(IntSupplier batch) {
    while (batch.getAsInt() > 0) {
      // The next one.
    }
  }
}
