package dev.wrtfarm.cli.lab;

import dev.wrtfarm.cli.http.FlashApi;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Table;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.common.agent.Inventory.CardReport;
import dev.wrtfarm.common.agent.Inventory.SlotReport;
import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.common.rest.HostView;
import dev.wrtfarm.common.value.ByteSize;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wrtfarm slot}. */
public final class SlotCommands {
  private SlotCommands() {}

  /** A slot and where it is. */
  record Slot(String host, boolean online, SlotReport slot) {}

  /** {@code wrtfarm slot list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the slots of all lab hosts, and what is in them.")
  public static final class All extends View<List<HostView>> {
    public All(Terminal terminal, Surroundings surroundings) {
      super(terminal, surroundings);
    }

    @Override
    List<HostView> ask(FlashApi api) throws InterruptedException {
      return api.hosts();
    }

    @Override
    void show(List<HostView> hosts) {
      Table table = table(hosts);
      if (table.isEmpty()) {
        message("there are no slots; docs/flashing.md says how to set some up");
      } else {
        rows(table);
      }
    }
  }

  /** {@code wrtfarm slot show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows a slot: its port, its device, its card, what is in the way.")
  public static final class One extends View<Slot> {
    @Parameters(paramLabel = "SLOT", description = "The slot's name.")
    private String name = "";

    @Option(names = "--host", paramLabel = "H", description = "If several hosts have such a slot.")
    private @Nullable String host;

    public One(Terminal terminal, Surroundings surroundings) {
      super(terminal, surroundings);
    }

    @Override
    Slot ask(FlashApi api) throws InterruptedException {
      List<Slot> fitting =
          api.hosts().stream()
              .filter(each -> host == null || each.host().equals(host))
              .flatMap(each ->
                  each.slots().stream().map(slot -> new Slot(each.host(), each.online(), slot)))
              .filter(each -> each.slot().slot().equals(name))
              .toList();
      if (fitting.size() == 1) {
        return fitting.getFirst();
      }
      throw fitting.isEmpty()
          ? new CommandFailed(
              ExitCode.NOT_FOUND,
              "there is no slot '%s'".formatted(name),
              "'wrtfarm slot list' shows what there is")
          : new CommandFailed(
              ExitCode.USAGE,
              "several hosts have a slot '%s'".formatted(name),
              "name one by --host");
    }

    @Override
    void show(Slot found) {
      SlotReport slot = found.slot();
      fact("slot", slot.slot() + " of host " + found.host() + (found.online() ? "" : ", OFFLINE"));
      fact("state", slot.state());
      fact("refused", slot.refusal() == null ? null : slot.refusal() + ": " + slot.message());
      fact("port", slot.port());
      fact("unattended", slot.unattended() ? "allowed for qualified cards" : "never");
      fact("score", slot.score());
      DeviceFacts device = slot.device();
      if (device != null) {
        fact("device", "%s (%s)".formatted(device.node(), device.number()));
        fact("size", "%s (%d bytes)".formatted(new ByteSize(device.size()), device.size()));
        fact("bus", device.bus());
        fact("reader", device.reader());
        fact("write cache", device.writeCache());
        fact("read-only", device.readOnly() ? "yes" : null);
        fact("sequence", device.sequence());
      }
      CardReport card = slot.card();
      if (card != null) {
        fact("card", card.id());
        fact("label", card.label());
        fact("card state", "%s, score %d".formatted(word(card.state()), card.score()));
      }
    }
  }

  static Table table(List<HostView> hosts) {
    Table table =
        new Table("host", "slot", "state", "score", "size", "device", "card", "card state");
    for (HostView host : hosts) {
      for (SlotReport slot : host.slots()) {
        DeviceFacts device = slot.device();
        CardReport card = slot.card();
        table.row(
            host.host(),
            slot.slot(),
            host.online() ? state(slot) : "offline",
            slot.score(),
            device == null ? "-" : new ByteSize(device.size()),
            device == null ? "-" : device.node(),
            card == null ? "-" : card.label() == null ? card.id() : card.label(),
            card == null ? "-" : word(card.state()));
      }
    }
    return table;
  }

  private static String state(SlotReport slot) {
    return slot.refusal() == null ? slot.state() : slot.state() + " (" + word(slot.refusal()) + ")";
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
