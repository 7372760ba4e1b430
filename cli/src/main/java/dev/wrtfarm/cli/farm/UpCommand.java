package dev.wrtfarm.cli.farm;

import dev.wrtfarm.cli.data.DataFolder;
import dev.wrtfarm.cli.data.FarmState;
import dev.wrtfarm.cli.data.FarmState.ProgramState;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Spent;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.launcher.DataInUse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wrtfarm up}. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a whole farm on this machine: PostgreSQL, Kafka, S3 store, API and workers, all"
          + " built in. Ctrl-C stops it.",
      "A farm that runs already is left as it is (exit code 0 when all of it is up, else 6)."
    })
public final class UpCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Surroundings surroundings;

  @Mixin private final UpOptions options = new UpOptions();

  @Option(
      names = "--detach",
      description = "Runs on in the background; returns when it is ready, or says why not.")
  private boolean detach;

  public UpCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    DataFolder folder = options.folder(surroundings);
    Optional<FarmState> running = FarmState.running(folder);
    if (running.isPresent()) {
      return alreadyRuns(running.get(), folder);
    }
    FarmPlan plan = options.plan(surroundings);
    new Preconditions(plan, surroundings).check();
    CardPlaces.unfit(plan).forEach(terminal::message);
    if (detach) {
      return new DetachedUp(terminal, plan, options.again(surroundings))
          .start(options.arguments(surroundings));
    }
    run(plan);
    return ExitCode.OK.code();
  }

  private int alreadyRuns(FarmState state, DataFolder folder) {
    long pid = state.launcher().pid();
    terminal.message("the farm in %s runs already (process %d)".formatted(folder.path(), pid));
    for (ProgramState each : state.programs()) {
      if (!each.isRunning()) {
        terminal.message("  %-16s %s".formatted(each.name(), each.state()));
      }
    }
    if (options.hasSlots()) {
      terminal.message(
          "  it %s: './wrtfarm down%s', then start it again with --flash-slot"
              .formatted(
                  state.runs(FlashAgentProgram.NAME)
                      ? "keeps the slots that it was started with"
                      : "has no flash agent",
                  options.again(surroundings)));
    }
    terminal.line(state.api());
    return (state.isHealthy() ? ExitCode.OK : ExitCode.UNAVAILABLE).code();
  }

  private void run(FarmPlan plan) throws InterruptedException {
    StartReport report = new StartReport(terminal, plan);
    report.beginning();
    Instant began = Instant.now();
    Farm farm = open(plan, report);
    Thread stop =
        new Thread(() -> {
          report.stopping();
          farm.close();
          report.stopped();
        });
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      farm.start();
    } catch (StartFailed e) {
      if (report.isStopping()) {
        // Ctrl-C during the start: the hook ends this JVM.
        Thread.currentThread().join();
      }
      Runtime.getRuntime().removeShutdownHook(stop);
      farm.close();
      throw new CommandFailed(
          ExitCode.UNAVAILABLE,
          String.valueOf(e.getMessage()),
          "'wrtfarm doctor' looks for what this machine lacks; logs: " + plan.data().logs());
    }
    report.up(Spent.text(Duration.between(began, Instant.now())), options.again(surroundings));
    // Until a signal: the hook does the rest.
    Thread.currentThread().join();
  }

  private static Farm open(FarmPlan plan, StartReport report) {
    try {
      return new Farm(plan, report::on);
    } catch (DataInUse e) {
      throw new CommandFailed(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }
}
