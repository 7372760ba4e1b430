package dev.wrtfarm.cli.farm;

import dev.wrtfarm.cli.data.DataFolder;
import dev.wrtfarm.cli.data.FarmState;
import dev.wrtfarm.cli.data.FarmState.ProgramState;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Progress;
import dev.wrtfarm.cli.output.Spent;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code wrtfarm down}. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stops the farm on this machine; its data stays.")
public final class DownCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LIMIT = Duration.ofSeconds(90);

  /** Programs stop one after the other, and one that does not within 15 s is killed. */
  private static final Duration EACH = Duration.ofSeconds(20);

  private final Terminal terminal;
  private final Surroundings surroundings;

  @Option(names = "--data", paramLabel = "DIR", description = "The farm's data folder.")
  private @Nullable Path data;

  public DownCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    DataFolder folder = DataFolder.of(data, surroundings);
    Optional<FarmState> running = FarmState.running(folder);
    Optional<ProcessHandle> launcher = running.flatMap(state -> state.launcher().process());
    if (running.isEmpty() || launcher.isEmpty()) {
      terminal.message("no farm runs in " + folder.path());
      return ExitCode.OK.code();
    }
    stop(launcher.get(), LIMIT.plus(EACH.multipliedBy(running.get().programs().size())));
    String names =
        running.get().programs().stream().map(ProgramState::name).collect(Collectors.joining(", "));
    terminal.message("stopped the farm in %s: %s".formatted(folder.path(), names));
    return ExitCode.OK.code();
  }

  private void stop(ProcessHandle launcher, Duration limit) throws InterruptedException {
    if (!launcher.destroy()) {
      throw new CommandFailed(
          ExitCode.ACCESS,
          "the farm's process %d is not yours to stop".formatted(launcher.pid()),
          "run this as the user who started it");
    }
    // Not the time of day: a clock that is set meanwhile would be taken for patience.
    long began = System.nanoTime();
    try (Progress progress = Progress.on(terminal)) {
      while (launcher.isAlive()) {
        Duration waited = Duration.ofNanos(System.nanoTime() - began);
        if (waited.compareTo(limit) > 0) {
          throw new CommandFailed(
              ExitCode.ERROR,
              "the farm's process %d has not ended after %s"
                  .formatted(launcher.pid(), Spent.text(limit)),
              "look at its logs; the programs end when it does: kill -9 " + launcher.pid());
        }
        progress.show("stopping", "stopping … " + Spent.text(waited));
        Thread.sleep(POLL);
      }
    }
  }
}
