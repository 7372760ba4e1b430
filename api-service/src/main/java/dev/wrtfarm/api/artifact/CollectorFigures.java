package dev.wrtfarm.api.artifact;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** What the collector did, in numbers. */
@ApplicationScoped
class CollectorFigures {
  private final Counter objects;
  private final Counter bytes;
  private final Counter abandoned;

  CollectorFigures(MeterRegistry registry) {
    objects =
        Counter.builder("wrtfarm.collected.objects")
            .description("Objects deleted because nobody needed them")
            .register(registry);
    bytes =
        Counter.builder("wrtfarm.collected")
            .baseUnit("bytes")
            .description("Their bytes")
            .register(registry);
    abandoned =
        Counter.builder("wrtfarm.uploads.abandoned")
            .description("Uploads that no build's end has taken")
            .register(registry);
  }

  void collected(long size) {
    objects.increment();
    bytes.increment((double) size);
  }

  void abandoned(int uploads) {
    abandoned.increment(uploads);
  }
}
