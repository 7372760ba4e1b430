package dev.wrtfarm.cli.farm;

import dev.wrtfarm.cli.data.DataFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which farm to run.
 *
 * @param home the checkout with the built programs
 * @param port of the API
 * @param lasting whether it runs on while its user does other things in the checkout
 * @param slots of the farm's own flash agent; without any there is no such agent
 */
public record FarmPlan(
    Path home,
    DataFolder data,
    int port,
    Upstream upstream,
    int workers,
    boolean lasting,
    List<FlashSlot> slots) {
  public static final int USUAL_PORT = 8780;

  /** What the farm's own flash agent calls this machine. */
  public static final String FLASH_HOST = "local";

  public FarmPlan {
    slots = List.copyOf(slots);
  }

  public String apiUrl() {
    return "http://127.0.0.1:" + port;
  }

  /** In the order of their start. */
  public List<String> programs() {
    List<String> names = new ArrayList<>(List.of(FarmPrograms.STACK));
    if (upstream instanceof Upstream.Sample) {
      names.add(FarmPrograms.SAMPLE);
    }
    names.add(FarmPrograms.API);
    for (int number = 1; number <= workers; number++) {
      names.add(FarmPrograms.worker(number));
    }
    if (!slots.isEmpty()) {
      names.add(FlashAgentProgram.NAME);
    }
    return names;
  }
}
