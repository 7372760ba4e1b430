package dev.wrtfarm.cli.flash;

import dev.wrtfarm.cli.http.FlashApi;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.common.agent.Inventory.SlotReport;
import dev.wrtfarm.common.rest.HostView;
import dev.wrtfarm.common.rest.SubmitFlash.FlashTarget;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which slots of which lab host. */
final class Targets {
  @Option(
      names = "--host",
      paramLabel = "H",
      description = "The lab host; may be left out while the farm knows only one with the slot.")
  private @Nullable String host;

  @Option(
      names = {"-s", "--slot"},
      paramLabel = "S[,S…]",
      split = ",",
      hideParamSyntax = true,
      description = "The slot, or several: a job for each. 'wrtfarm slot list' has them.")
  private List<String> slots = List.of();

  boolean saysAnything() {
    return host != null || !slots.isEmpty();
  }

  List<String> slots() {
    return slots;
  }

  void check() {
    if (slots.isEmpty()) {
      throw new CommandFailed(
          ExitCode.USAGE, "say which slot: --slot", "'wrtfarm slot list' shows what there is");
    }
    if (slots.stream().distinct().count() < slots.size()) {
      throw new CommandFailed(ExitCode.USAGE, "a slot is named twice: " + String.join(",", slots));
    }
  }

  List<FlashTarget> settle(FlashApi api) throws InterruptedException {
    if (host != null) {
      return at(host);
    }
    List<HostView> all = api.hosts();
    List<HostView> fitting = all.stream().filter(this::hasAll).toList();
    if (fitting.size() == 1) {
      return at(fitting.getFirst().host());
    }
    if (fitting.isEmpty()) {
      throw new CommandFailed(
          ExitCode.NOT_FOUND,
          "no lab host of the farm has the slot " + String.join(",", slots),
          all.isEmpty()
              ? "no flash agent has called yet; docs/flashing.md says how to set one up"
              : "'wrtfarm slot list' shows what there is");
    }
    throw new CommandFailed(
        ExitCode.USAGE,
        "several lab hosts have the slot %s: %s"
            .formatted(
                String.join(",", slots),
                fitting.stream().map(HostView::host).collect(Collectors.joining(", "))),
        "name one by --host");
  }

  private List<FlashTarget> at(String name) {
    return slots.stream().map(slot -> new FlashTarget(name, slot)).toList();
  }

  private boolean hasAll(HostView view) {
    return view.slots().stream().map(SlotReport::slot).toList().containsAll(slots);
  }
}
