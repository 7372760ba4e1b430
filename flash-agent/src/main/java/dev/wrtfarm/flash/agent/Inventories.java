package dev.wrtfarm.flash.agent;

import dev.wrtfarm.common.agent.Inventory;
import dev.wrtfarm.common.agent.Inventory.CardReport;
import dev.wrtfarm.common.agent.Inventory.SlotReport;
import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.flash.card.CardBook;
import dev.wrtfarm.flash.card.CardRecord;
import dev.wrtfarm.flash.device.Refusal;
import dev.wrtfarm.flash.device.SlotLook;
import dev.wrtfarm.flash.device.Slots;
import dev.wrtfarm.flash.journal.Ledger;
import dev.wrtfarm.flash.journal.Ledger.OpenRun;
import dev.wrtfarm.flash.lane.LaneFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What this host has in front of it, now. */
final class Inventories {
  private final AgentConfig config;
  private final Path data;
  private final Slots slots;
  private final Ledger ledger;
  private final CardBook cards;
  private final String bootId;
  private final String version;

  Inventories(
      AgentConfig config,
      Slots slots,
      Ledger ledger,
      CardBook cards,
      String bootId,
      String version) {
    this.config = config;
    this.data = config.data();
    this.slots = slots;
    this.ledger = ledger;
    this.cards = cards;
    this.bootId = bootId;
    this.version = version;
  }

  Inventory now() throws IOException {
    List<String> lanes = new ArrayList<>();
    Set<String> working = new HashSet<>();
    for (LaneFolder folder : LaneFolder.all(data)) {
      if (folder.isAlive()) {
        lanes.add(folder.job());
        working.add(folder.order().slot());
      }
    }
    List<SlotReport> reports =
        config.slots().stream().map(slot -> report(slot, working.contains(slot.name()))).toList();
    return new Inventory(config.host(), version, bootId, reports, lanes);
  }

  /**
   * @param working a lane has its device open, and so it looks as if somebody else used it
   */
  private SlotReport report(SlotSetup slot, boolean working) {
    Optional<OpenRun> run = openRun(slot);
    SlotLook look = slots.look(slot.slot());
    DeviceFacts device =
        look.device() == null && run.isPresent() ? run.get().intent().device() : look.device();
    Refusal refusal = run.isPresent() || working ? null : look.refusal();
    return new SlotReport(
        slot.name(),
        slot.slot().port(),
        working && run.isEmpty() ? "busy" : state(look, run),
        slot.unattended(),
        cards.slotScore(slot.name()),
        device,
        device == null ? null : card(device),
        refusal == null ? null : refusal.reason(),
        run.map(Inventories::words).orElse(refusal == null ? null : refusal.message()));
  }

  private Optional<OpenRun> openRun(SlotSetup slot) {
    return ledger.openRuns().stream()
        .filter(run ->
            run.intent().slot().equals(slot.name())
                || run.intent().device().port().equals(slot.slot().port()))
        .findFirst();
  }

  private static String state(SlotLook look, Optional<OpenRun> run) {
    if (run.isPresent()) {
      return run.get().interrupted() == null ? "busy" : "needs-check";
    }
    if (look.isEmpty()) {
      return "empty";
    }
    return look.refusal() == null ? "ready" : "refused";
  }

  private static String words(OpenRun run) {
    return run.interrupted() == null
        ? "job %s is at work".formatted(run.intent().job())
        : "job %s was cut off: %s".formatted(run.intent().job(), run.interrupted());
  }

  private CardReport card(DeviceFacts device) {
    CardRecord card = cards.card(device.card());
    return new CardReport(card.id(), card.label(), card.state(), card.score());
  }
}
