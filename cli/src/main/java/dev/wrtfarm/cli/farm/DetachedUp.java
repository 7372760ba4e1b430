package dev.wrtfarm.cli.farm;

import dev.wrtfarm.cli.data.FarmState;
import dev.wrtfarm.cli.output.Progress;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.launcher.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Runs {@code up} in a session of its own and waits until it says that it is ready. Somebody else
 * may do the same at the same time: each has an own log until its farm is up.
 */
final class DetachedUp {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Terminal terminal;
  private final FarmPlan plan;
  private final String again;

  DetachedUp(Terminal terminal, FarmPlan plan, String again) {
    this.terminal = terminal;
    this.plan = plan;
    this.again = again;
  }

  int start(List<String> options) throws InterruptedException {
    Path log = ownLog();
    Process process = startProcess(options, log);
    // Not the time of day: a clock that is set meanwhile would end a start that goes well.
    long deadline = System.nanoTime() + LIMIT.toNanos();
    try (Progress progress = Progress.on(terminal)) {
      while (System.nanoTime() - deadline < 0) {
        if (!process.isAlive()) {
          throw new CommandFailed(
              process.exitValue(), "the farm did not start:\n" + taken(log), null);
        }
        FarmState state =
            FarmState.running(plan.data())
                .filter(each -> each.launcher().pid() == process.pid())
                .orElse(null);
        if (state != null && state.ready()) {
          Files.move(log, plan.data().log("up"), StandardCopyOption.REPLACE_EXISTING);
          progress.keep("the farm is up, as process " + state.launcher().pid());
          StartReport.places(terminal, plan, state.api(), again);
          terminal.message("./wrtfarm down%s stops it".formatted(again));
          return ExitCode.OK.code();
        }
        progress.show("starting", "starting a farm in " + plan.data().path() + starting(state));
        Thread.sleep(POLL);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process.destroy();
    throw new CommandFailed(
        ExitCode.UNAVAILABLE,
        "the farm was not ready after %d min, and was stopped".formatted(LIMIT.toMinutes()),
        "look at " + log);
  }

  private Process startProcess(List<String> options, Path log) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("setsid", JavaCommand.java().toString()));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m"));
    command.add("-Dwrtfarm.home=" + plan.home());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("dev.wrtfarm.cli.Main", "up"));
    command.addAll(options);
    try {
      return new ProcessBuilder(command)
          .redirectInput(new java.io.File("/dev/null"))
          .redirectErrorStream(true)
          .redirectOutput(Redirect.to(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String starting(@org.jspecify.annotations.Nullable FarmState state) {
    return state == null
        ? ""
        : state.programs().stream()
            .filter(program -> program.state().equals("starting"))
            .map(program -> ": " + program.name())
            .collect(Collectors.joining());
  }

  private Path ownLog() {
    try {
      Path logs = Files.createDirectories(plan.data().logs());
      return Files.createTempFile(logs, "up-", ".log");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it said, all of it: the file is not kept. */
  private static String taken(Path log) {
    try {
      String said = Files.readString(log).strip().indent(2).stripTrailing();
      Files.delete(log);
      return said;
    } catch (IOException e) {
      return "  (its output " + log + " cannot be read)";
    }
  }
}
