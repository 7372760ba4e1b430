package dev.wrtfarm.api.figure;

import dev.wrtfarm.api.lab.Hosts;
import dev.wrtfarm.api.lab.SlotState;
import dev.wrtfarm.api.tick.Ticker;
import dev.wrtfarm.common.flash.CardState;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.RefusalReason;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.Session;

/** Flash jobs that have not ended, slots and cards by state, read from the database. */
@ApplicationScoped
class LabMetrics {
  private static final Duration REFRESH = Duration.ofSeconds(5);
  private static final String JOBS = "wrtfarm.flash.jobs";
  private static final String SLOTS = "wrtfarm.slots";
  private static final String REFUSED = "wrtfarm.slots.refused";
  private static final String CARDS = "wrtfarm.cards";
  private static final String BREAKS = "wrtfarm.journal.breaks";
  private static final String OFFLINE = "offline";

  private static final String COUNTS =
      """
      select '%s ' || lower(state), count(*) from flash_job where ended_at is null group by state
      union all
      select '%s ' || case when h.%s then lower(s.state) else '%s' end, count(*)
        from lab_slot s join lab_host h on h.id = s.host_id group by 1
      union all
      select '%s ' || lower(s.refusal), count(*)
        from lab_slot s join lab_host h on h.id = s.host_id
        where s.state = 'REFUSED' and s.refusal is not null and h.%s group by 1
      union all
      select '%s ' || lower(state), count(*) from card group by state
      union all
      select '%s ', count(*) from lab_journal_break
      """
          .formatted(JOBS, SLOTS, Hosts.ONLINE, OFFLINE, REFUSED, Hosts.ONLINE, CARDS, BREAKS);

  private final MeterRegistry registry;
  private final Session entities;
  private final Ticker ticker;
  private volatile Map<String, Long> counts = Map.of();

  LabMetrics(MeterRegistry registry, Session entities) {
    this.registry = registry;
    this.entities = entities;
    ticker = new Ticker("lab-figures", REFRESH, this::refresh);
  }

  void start(@Observes StartupEvent event) {
    for (FlashState state : FlashState.values()) {
      if (!state.isEnded()) {
        gauge(JOBS, "state", Words.of(state));
      }
    }
    for (SlotState state : SlotState.values()) {
      gauge(SLOTS, "state", Words.of(state));
    }
    gauge(SLOTS, "state", OFFLINE);
    for (RefusalReason reason : RefusalReason.values()) {
      gauge(REFUSED, "reason", Words.of(reason));
    }
    for (CardState state : CardState.values()) {
      gauge(CARDS, "state", Words.of(state));
    }
    Gauge.builder(BREAKS, () -> count(BREAKS, ""))
        .description("Places where an agent's journal is not one unbroken chain")
        .register(registry);
    ticker.start();
  }

  void stop(@Observes ShutdownEvent event) {
    ticker.stop();
  }

  private void gauge(String name, String label, String value) {
    Gauge.builder(name, () -> count(name, value)).tag(label, value).register(registry);
  }

  private double count(String name, String value) {
    return counts.getOrDefault(name + " " + value, 0L);
  }

  synchronized void refresh() {
    counts =
        QuarkusTransaction.requiringNew().call(this::rows).stream()
            .collect(
                Collectors.toMap(row -> (String) row[0], row -> ((Number) row[1]).longValue()));
  }

  private List<Object[]> rows() {
    return entities.createNativeQuery(COUNTS, Object[].class).getResultList();
  }
}
