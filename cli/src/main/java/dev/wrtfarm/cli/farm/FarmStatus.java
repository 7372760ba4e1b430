package dev.wrtfarm.cli.farm;

import dev.wrtfarm.cli.data.DataFolder;
import dev.wrtfarm.cli.data.FarmState;
import dev.wrtfarm.cli.data.FarmState.ProgramState;
import dev.wrtfarm.cli.output.Spent;
import dev.wrtfarm.cli.output.Table;
import dev.wrtfarm.common.rest.FarmView;
import dev.wrtfarm.common.rest.FarmView.WorkerView;
import dev.wrtfarm.common.value.ByteSize;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code status} tells.
 *
 * @param runs whether a farm runs in this data folder
 * @param answers whether the API answers
 * @param programs those of this machine
 */
record FarmStatus(
    boolean runs,
    boolean answers,
    String api,
    String data,
    String logs,
    @Nullable Long pid,
    @Nullable String upstream,
    List<RunningProgram> programs,
    @Nullable FarmView queue) {

  record RunningProgram(ProgramState program, long memoryBytes, long upSeconds) {
    static RunningProgram of(ProgramState program) {
      Long pid = program.pid();
      Instant since = program.since();
      return new RunningProgram(
          program,
          pid == null ? 0 : ProcessFacts.memory(pid),
          since == null ? 0 : Duration.between(since, Instant.now()).toSeconds());
    }
  }

  static FarmStatus of(
      DataFolder folder, Optional<FarmState> local, String api, Optional<FarmView> queue) {
    return new FarmStatus(
        local.isPresent(),
        queue.isPresent(),
        api,
        folder.path().toString(),
        folder.logs().toString(),
        local.map(state -> state.launcher().pid()).orElse(null),
        local.map(FarmState::upstream).orElse(null),
        local.stream().flatMap(s -> s.programs().stream()).map(RunningProgram::of).toList(),
        queue.orElse(null));
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (runs) {
      lines.addAll(programTable().lines());
      lines.add("");
    } else {
      lines.add("no farm runs in " + data + "; start one with ./wrtfarm up");
    }
    if (queue != null) {
      lines.add(
          "builds   %d running, %d queued%s"
              .formatted(queue.running(), queue.queued(), oldest(queue)));
      for (WorkerView worker : queue.workers()) {
        lines.add(
            "worker   %s works on %d, called %d s ago"
                .formatted(worker.id(), worker.builds(), worker.secondsSinceCall()));
      }
    }
    lines.add("api      " + api + (answers ? "" : " (does not answer)"));
    if (runs) {
      lines.add("images   from " + upstream);
    }
    lines.add("data     " + data);
    lines.add("logs     " + logs);
    return lines;
  }

  private Table programTable() {
    Table table = new Table("program", "state", "pid", "memory", "up", "restarts");
    for (RunningProgram each : programs) {
      ProgramState program = each.program();
      boolean alive = program.pid() != null;
      table.row(
          program.name(),
          program.why() == null || alive
              ? program.state()
              : program.state() + " (" + firstLine(program.why()) + ")",
          alive ? String.valueOf(program.pid()) : "-",
          alive ? new ByteSize(each.memoryBytes()) : "-",
          alive ? Spent.text(Duration.ofSeconds(each.upSeconds())) : "-",
          program.restarts());
    }
    return table;
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static String oldest(FarmView queue) {
    return queue.queued() == 0
        ? ""
        : ", the oldest waits since " + Spent.text(Duration.ofSeconds(queue.oldestQueuedSeconds()));
  }
}
