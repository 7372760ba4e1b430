package dev.wrtfarm.cli.farm;

import dev.wrtfarm.cli.data.DataFolder;
import dev.wrtfarm.cli.data.FarmState;
import dev.wrtfarm.cli.http.ApiOptions;
import dev.wrtfarm.cli.http.FarmApi;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Json;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.cli.problem.FarmUnreachable;
import dev.wrtfarm.common.rest.FarmView;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wrtfarm status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what runs on this machine, what the farm works on, and where things are.",
      "Exit code 0 when the farm answers, 6 when it does not."
    })
public final class StatusCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ApiOptions options;

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  public StatusCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.options = new ApiOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    DataFolder folder = options.dataFolder();
    Optional<FarmState> local = FarmState.running(folder);
    String url;
    Optional<FarmView> queue;
    try (FarmApi api = options.connect()) {
      url = api.place();
      queue = ask(api);
    }
    FarmStatus status = FarmStatus.of(folder, local, url, queue);
    if (json) {
      terminal.line(Json.pretty(status));
    } else {
      status.lines().forEach(terminal::line);
    }
    return (queue.isPresent() ? ExitCode.OK : ExitCode.UNAVAILABLE).code();
  }

  private static Optional<FarmView> ask(FarmApi api) throws InterruptedException {
    try {
      return Optional.of(api.status());
    } catch (FarmUnreachable e) {
      return Optional.empty();
    } catch (CommandFailed e) {
      if (e.exitCode() == ExitCode.UNAVAILABLE.code()) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
