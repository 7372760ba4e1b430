package dev.wrtfarm.api.artifact;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;

/** What the store check found, in numbers. */
@ApplicationScoped
@Startup
class StoreFigures {
  private final Counter missing;
  private final Counter returned;
  private final Counter unknownDeleted;

  StoreFigures(MeterRegistry registry) {
    missing = counter(registry, "missing", "Objects that the store has lost");
    returned = counter(registry, "returned", "Objects that were missing and are there again");
    unknownDeleted =
        counter(registry, "unknown.deleted", "Objects deleted because no row ever knew them");
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder("wrtfarm.store." + name).description(description).register(registry);
  }

  void missing() {
    missing.increment();
  }

  void returned() {
    returned.increment();
  }

  void unknownDeleted() {
    unknownDeleted.increment();
  }
}
