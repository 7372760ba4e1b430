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
    if (slots.stream().anyMatch(String::isBlank)) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "--slot '%s' has an empty name in it".formatted(String.join(",", slots)),
          "'wrtfarm slot list' shows what there is");
    }
    if (slots.stream().distinct().count() < slots.size()) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "--slot names a slot twice: " + String.join(",", slots),
          "give each once");
    }
  }

  /**
   * Says where, before anything is asked for.
   *
   * @param buildsFirst then a slot that is not there is told now, and not after the build
   */
  List<FlashTarget> settle(FlashApi api, boolean buildsFirst) throws InterruptedException {
    String named = host;
    if (named != null && !buildsFirst) {
      return at(named);
    }
    List<HostView> all = api.hosts();
    if (named != null) {
      mustHaveAll(named, all);
      return at(named);
    }
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

  private void mustHaveAll(String name, List<HostView> all) {
    HostView view =
        all.stream()
            .filter(each -> each.host().equals(name))
            .findFirst()
            .orElseThrow(() ->
                new CommandFailed(
                    ExitCode.NOT_FOUND,
                    "the farm knows no lab host '%s'; nothing was built".formatted(name),
                    "'wrtfarm host list' shows those whose flash agents have called"));
    if (!hasAll(view)) {
      throw new CommandFailed(
          ExitCode.NOT_FOUND,
          "the lab host %s has no slot %s; nothing was built"
              .formatted(name, String.join(",", slots)),
          "'wrtfarm host show %s' shows what it has".formatted(name));
    }
  }

  private List<FlashTarget> at(String name) {
    return slots.stream().map(slot -> new FlashTarget(name, slot)).toList();
  }

  private boolean hasAll(HostView view) {
    return view.slots().stream().map(SlotReport::slot).toList().containsAll(slots);
  }
}
