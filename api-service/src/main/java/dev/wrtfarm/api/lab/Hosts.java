package dev.wrtfarm.api.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrtfarm.api.build.NoSuchThing;
import dev.wrtfarm.common.agent.Inventory.SlotReport;
import dev.wrtfarm.common.rest.HostView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.Session;

/** Lab hosts as their agents last described them. */
@ApplicationScoped
public class Hosts {
  /** An agent calls at least every half minute; who misses three calls is away. */
  public static final String ONLINE = "seen_at > now() - interval '90 seconds'";

  private static final String SELECT =
      """
      select h.id, h.version, h.%s, h.seen_at, s.report
      from lab_host h left join lab_slot s on s.host_id = h.id
      where h.id = :host or :host = '' order by h.id, s.position
      """
          .formatted(ONLINE);

  private final Session entities;
  private final ObjectMapper json;

  Hosts(Session entities, ObjectMapper json) {
    this.entities = entities;
    this.json = json;
  }

  @Transactional
  public List<HostView> all() {
    return read("");
  }

  @Transactional
  public HostView view(String host) {
    return read(host).stream()
        .findFirst()
        .filter(each -> !host.isEmpty())
        .orElseThrow(() -> new NoSuchThing("host", host));
  }

  private List<HostView> read(String host) {
    Map<String, HostView> views = new LinkedHashMap<>();
    for (Object[] row :
        entities
            .createNativeQuery(SELECT, Object[].class)
            .setParameter("host", host)
            .getResultList()) {
      HostView view =
          views.computeIfAbsent(
              (String) row[0],
              id ->
                  new HostView(
                      id, (String) row[1], (Boolean) row[2], (Instant) row[3], new ArrayList<>()));
      if (row[4] != null) {
        view.slots().add(slot((String) row[4]));
      }
    }
    return List.copyOf(views.values());
  }

  /** What the slot's newest report says; empty when the host has no such slot. */
  @Transactional
  public Optional<SlotReport> slot(String host, String slot) {
    return entities
        .createNativeQuery(
            "select report from lab_slot where host_id = :host and slot = :slot", String.class)
        .setParameter("host", host)
        .setParameter("slot", slot)
        .getResultStream()
        .findFirst()
        .map(this::slot);
  }

  private SlotReport slot(String report) {
    try {
      return json.readValue(report, SlotReport.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored report is not readable: " + report, e);
    }
  }
}
