package dev.wrtfarm.cli.farm;

import dev.wrtfarm.cli.data.DataFolder;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.launcher.FreePort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a person may choose about a farm. */
final class UpOptions {
  private static final int LARGEST_PORT = 65_535;
  private static final int MOST_WORKERS = 64;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where everything is kept. Otherwise WRTFARM_DATA, or /var/lib/wrtfarm for root, or"
              + " ~/.local/share/wrtfarm.")
  private @Nullable Path data;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8780",
      description = "Port of the API on 127.0.0.1; 0 takes a free one. Default: ${DEFAULT-VALUE}")
  private int port = FarmPlan.USUAL_PORT;

  @Option(
      names = "--upstream",
      paramLabel = "URL|sample",
      defaultValue = "https://downloads.openwrt.org",
      converter = Upstream.Converter.class,
      description =
          "Where Image Builders come from; 'sample' is a small server of our own on this machine."
              + " Default: ${DEFAULT-VALUE}")
  private Upstream upstream = Upstream.OFFICIAL;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "How many builds run at once. Default: half of the processors, at most 4.")
  private @Nullable Integer workers;

  @Option(
      names = "--flash-slot",
      paramLabel = "NAME=CARD",
      converter = FlashSlot.Converter.class,
      description = {
        "Starts a flash agent too, with this slot, to try it out. CARD is 'emulated' (256 MiB, a"
            + " loop device when root, else a file), loop:/dev/loopN or file:PATH. May be repeated.",
        "An agent for real card readers is set up by deploy/flash-agent."
      })
  private List<FlashSlot> slots = List.of();

  DataFolder folder(Surroundings surroundings) {
    return DataFolder.of(data, surroundings);
  }

  boolean hasSlots() {
    return !slots.isEmpty();
  }

  /** What other commands need to find this farm: nothing, unless its folder was typed. */
  String again(Surroundings surroundings) {
    DataFolder folder = folder(surroundings);
    boolean found = folder.equals(DataFolder.of(null, surroundings));
    return found ? "" : " --data " + quoted(folder.path().toString());
  }

  /** As a shell takes it. */
  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  FarmPlan plan(Surroundings surroundings) {
    if (port < 0 || port > LARGEST_PORT) {
      throw new CommandFailed(
          ExitCode.USAGE, "--port %d is no port".formatted(port), "give 0 to " + LARGEST_PORT);
    }
    int chosen = port == 0 ? FreePort.any() : port;
    return new FarmPlan(
        surroundings.home(),
        folder(surroundings),
        chosen,
        upstream,
        workersOrDefault(),
        true,
        checkedSlots());
  }

  /** The same choices as a command line. */
  List<String> arguments(Surroundings surroundings) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--data", folder(surroundings).path().toString(),
                "--port", Integer.toString(port),
                "--upstream", upstream.toString(),
                "--workers", Integer.toString(workersOrDefault())));
    slots.forEach(slot -> arguments.addAll(List.of("--flash-slot", slot.toString())));
    return arguments;
  }

  private List<FlashSlot> checkedSlots() {
    Set<String> names = new HashSet<>();
    for (FlashSlot slot : slots) {
      if (!names.add(slot.name())) {
        throw new CommandFailed(
            ExitCode.USAGE,
            "--flash-slot names the slot '%s' twice".formatted(slot.name()),
            "give each slot a name of its own");
      }
    }
    return slots;
  }

  private int workersOrDefault() {
    return workers != null
        ? checkedWorkers(workers)
        : Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4);
  }

  private static int checkedWorkers(int workers) {
    if (workers < 0 || workers > MOST_WORKERS) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "--workers %d is not possible".formatted(workers),
          "give 0 to " + MOST_WORKERS);
    }
    return workers;
  }
}
