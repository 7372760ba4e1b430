package dev.wrtfarm.api.lab;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrtfarm.common.agent.Inventory;
import dev.wrtfarm.common.agent.Inventory.CardReport;
import dev.wrtfarm.common.agent.Inventory.SlotReport;
import dev.wrtfarm.common.value.InvalidValue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hibernate.Session;

/** Takes in what an agent has in front of it. The newest inventory of a host replaces all of it. */
@ApplicationScoped
public class Inventories {
  private static final int MOST_SLOTS = 200;
  private static final int MOST_LANES = 1_000;
  private static final int LONGEST = 200;

  private final Session entities;
  private final ObjectMapper json;
  private final Event<HostSeen> seen;

  Inventories(Session entities, ObjectMapper json, Event<HostSeen> seen) {
    this.entities = entities;
    this.json = json;
    this.seen = seen;
  }

  @Transactional
  public void take(Inventory inventory) {
    check(inventory);
    entities
        .createNativeMutationQuery(
            """
            insert into lab_host (id, version, boot_id, lanes)
            values (:id, :version, :boot, cast(:lanes as jsonb))
            on conflict (id) do update set version = excluded.version, boot_id = excluded.boot_id,
              lanes = excluded.lanes, inventory_at = now(), seen_at = now()
            """)
        .setParameter("id", inventory.host())
        .setParameter("version", shortened(inventory.version()))
        .setParameter("boot", shortened(inventory.bootId()))
        .setParameter("lanes", text(inventory.lanes()))
        .executeUpdate();
    entities
        .createNativeMutationQuery("delete from lab_slot where host_id = :host")
        .setParameter("host", inventory.host())
        .executeUpdate();
    noteCards(inventory);
    int position = 0;
    for (SlotReport slot : inventory.slots()) {
      insert(inventory.host(), slot, position);
      position++;
    }
    seen.fire(new HostSeen(inventory.host()));
  }

  private static void check(Inventory inventory) {
    LabNames.check("host", inventory.host());
    if (inventory.slots().size() > MOST_SLOTS) {
      throw new InvalidValue(
          "slots", inventory.slots().size() + " slots", "give at most " + MOST_SLOTS);
    }
    if (inventory.lanes().size() > MOST_LANES) {
      throw new InvalidValue(
          "lanes", inventory.lanes().size() + " lanes", "give at most " + MOST_LANES);
    }
    Set<String> names = new HashSet<>();
    for (SlotReport slot : inventory.slots()) {
      LabNames.check("slots.slot", slot.slot());
      SlotState.of(slot.state());
      if (!names.add(slot.slot())) {
        throw new InvalidValue("slots.slot", slot.slot(), "it came twice");
      }
    }
  }

  private void insert(String host, SlotReport slot, int position) {
    CardReport card = slot.card();
    entities
        .createNativeMutationQuery(
            """
            insert into lab_slot
              (host_id, slot, position, state, refusal, unattended, card_id, report)
            values (:host, :slot, :position, :state, nullif(:refusal, ''), :unattended,
              nullif(:card, ''), :report)
            """)
        .setParameter("host", host)
        .setParameter("slot", slot.slot())
        .setParameter("position", position)
        .setParameter("state", SlotState.of(slot.state()).name())
        .setParameter("refusal", slot.refusal() == null ? "" : slot.refusal().name())
        .setParameter("unattended", slot.unattended())
        .setParameter("card", card == null ? "" : CardId.of(host, card.id()))
        .setParameter("report", text(slot))
        .executeUpdate();
  }

  /**
   * In one order at all hosts: two that both claim to have some cards must not block each other.
   */
  private void noteCards(Inventory inventory) {
    Map<String, SlotReport> byCard = new TreeMap<>();
    for (SlotReport slot : inventory.slots()) {
      if (slot.card() != null) {
        byCard.put(CardId.of(inventory.host(), slot.card().id()), slot);
      }
    }
    byCard
        .values()
        .forEach(slot -> note(inventory.host(), slot.slot(), requireNonNull(slot.card())));
  }

  private void note(String host, String slot, CardReport card) {
    entities
        .createNativeMutationQuery(
            """
            insert into card (id, label, state, score, host_id, slot)
            values (:id, nullif(:label, ''), :state, :score, :host, :slot)
            on conflict (id) do update set label = excluded.label, state = excluded.state,
              score = excluded.score, host_id = excluded.host_id, slot = excluded.slot,
              seen_at = now()
            """)
        .setParameter("id", CardId.of(host, card.id()))
        .setParameter("label", card.label() == null ? "" : shortened(card.label()))
        .setParameter("state", card.state().name())
        .setParameter("score", card.score())
        .setParameter("host", host)
        .setParameter("slot", slot)
        .executeUpdate();
  }

  private String text(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a message always has a JSON form", e);
    }
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  /** Slots that a host has, in its own order; empty when nobody knows such a host. */
  @Transactional
  public List<String> slots(String host) {
    return entities
        .createNativeQuery(
            "select slot from lab_slot where host_id = :host order by position", String.class)
        .setParameter("host", host)
        .getResultList();
  }
}
