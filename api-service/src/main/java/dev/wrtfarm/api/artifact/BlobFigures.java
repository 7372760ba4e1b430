package dev.wrtfarm.api.artifact;

import dev.wrtfarm.api.tick.Ticker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.Session;

/** What takes space in the store, by state. */
@ApplicationScoped
class BlobFigures {
  private static final Duration REFRESH = Duration.ofSeconds(30);
  private static final String UNKNOWN = "unknown";

  private record Sum(long objects, long bytes) {
    static final Sum NONE = new Sum(0, 0);
  }

  private final MeterRegistry registry;
  private final Session entities;
  private final Ticker ticker;
  private volatile Map<String, Sum> sums = Map.of();

  BlobFigures(MeterRegistry registry, Session entities) {
    this.registry = registry;
    this.entities = entities;
    ticker = new Ticker("blob-figures", REFRESH, this::refresh);
  }

  void start(@Observes StartupEvent event) {
    for (Blob.State state : Blob.State.values()) {
      gauges(state.name().toLowerCase(Locale.ROOT));
    }
    gauges(UNKNOWN);
    ticker.start();
  }

  void stop(@Observes ShutdownEvent event) {
    ticker.stop();
  }

  private void gauges(String state) {
    Gauge.builder("wrtfarm.blobs", () -> sum(state).objects())
        .tag("state", state)
        .description("Objects of the store by their row's state; unknown ones have none")
        .register(registry);
    Gauge.builder("wrtfarm.blobs.size", () -> sum(state).bytes())
        .tag("state", state)
        .baseUnit("bytes")
        .description("Their bytes")
        .register(registry);
  }

  private Sum sum(String state) {
    return sums.getOrDefault(state, Sum.NONE);
  }

  /** In turn: an older look never takes the place of a newer one. */
  synchronized void refresh() {
    sums =
        QuarkusTransaction.requiringNew().call(this::rows).stream()
            .collect(
                Collectors.toMap(
                    row -> (String) row[0],
                    row -> new Sum(((Number) row[1]).longValue(), ((Number) row[2]).longValue())));
  }

  private List<Object[]> rows() {
    return entities
        .createNativeQuery(
            """
            select lower(state), count(*), cast(sum(size) as bigint) from blob group by state
            union all select 'unknown', count(*), cast(coalesce(sum(size), 0) as bigint)
              from unknown_object
            """,
            Object[].class)
        .getResultList();
  }
}
