package dev.wrtfarm.cli.lab;

import dev.wrtfarm.cli.http.FlashApi;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Spent;
import dev.wrtfarm.cli.output.Table;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.common.rest.HostView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code wrtfarm host}. */
public final class HostCommands {
  private static final String NONE =
      "no flash agent has called yet; docs/flashing.md says how to set one up";

  private HostCommands() {}

  /** {@code wrtfarm host list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the lab hosts whose flash agents have called.")
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
      if (hosts.isEmpty()) {
        message(NONE);
        return;
      }
      Table table = new Table("host", "agent", "last call", "slots", "version");
      for (HostView host : hosts) {
        table.row(
            host.host(),
            online(host),
            ago(host),
            Integer.toString(host.slots().size()),
            host.version());
      }
      rows(table);
    }
  }

  /** {@code wrtfarm host show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows a lab host and its slots.")
  public static final class One extends View<HostView> {
    @Parameters(paramLabel = "HOST", description = "The host's name.")
    private String name = "";

    public One(Terminal terminal, Surroundings surroundings) {
      super(terminal, surroundings);
    }

    @Override
    HostView ask(FlashApi api) throws InterruptedException {
      return api.host(name);
    }

    @Override
    void show(HostView host) {
      fact("host", host.host());
      fact("agent", online(host) + ", called " + ago(host) + " ago");
      fact("version", host.version());
      line("");
      rows(SlotCommands.table(List.of(host)));
    }
  }

  private static String online(HostView host) {
    return host.online() ? "online" : "OFFLINE";
  }

  private static String ago(HostView host) {
    return Spent.text(Duration.between(host.lastCall(), Instant.now()));
  }
}
