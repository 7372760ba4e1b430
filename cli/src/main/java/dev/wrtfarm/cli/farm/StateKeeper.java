package dev.wrtfarm.cli.farm;

import dev.wrtfarm.cli.data.FarmState;
import dev.wrtfarm.cli.data.FarmState.Owner;
import dev.wrtfarm.cli.data.FarmState.ProgramState;
import dev.wrtfarm.launcher.ProgramEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps {@code farm.json} true to what happens to the programs. */
final class StateKeeper {
  private final FarmPlan plan;
  private final Map<String, ProgramState> programs = new LinkedHashMap<>();
  private boolean ready;

  StateKeeper(FarmPlan plan) {
    this.plan = plan;
  }

  synchronized void begin() {
    for (String name : plan.programs()) {
      put(name, "waiting", null, 0, null);
    }
    write();
  }

  synchronized void everythingIsUp() {
    ready = true;
    write();
  }

  synchronized void on(ProgramEvent event) {
    String name = event.program();
    ProgramState before = programs.get(name);
    int restarts = before == null ? 0 : before.restarts();
    String why = before == null ? null : before.why();
    switch (event) {
      case ProgramEvent.Starting _ -> put(name, "starting", null, restarts, why);
      case ProgramEvent.Ready it -> put(name, "running", it.pid(), restarts, null);
      case ProgramEvent.Died it -> put(name, "waiting", null, restarts, it.reason());
      case ProgramEvent.Restarted it -> put(name, "running", it.pid(), restarts + 1, why);
      case ProgramEvent.Stopped _ -> put(name, "stopped", null, restarts, null);
    }
    write();
  }

  private void put(
      String name, String state, @Nullable Long pid, int restarts, @Nullable String why) {
    programs.put(
        name,
        new ProgramState(
            name,
            state,
            pid,
            pid == null ? null : Instant.now(),
            restarts,
            why,
            plan.data().log(name).toString()));
  }

  private void write() {
    try {
      new FarmState(
              plan.apiUrl(),
              Owner.self(),
              ready,
              plan.upstream().toString(),
              List.copyOf(programs.values()))
          .write(plan.data());
    } catch (IOException e) {
      throw new UncheckedIOException("the farm's state cannot be written", e);
    }
  }
}
