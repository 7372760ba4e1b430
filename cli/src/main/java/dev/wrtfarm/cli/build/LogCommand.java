package dev.wrtfarm.cli.build;

import dev.wrtfarm.cli.http.ApiOptions;
import dev.wrtfarm.cli.http.FarmApi;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wrtfarm log}. */
@Command(name = "log", mixinStandardHelpOptions = true, description = "Prints a build's log.")
public final class LogCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ApiOptions options;

  @Parameters(paramLabel = "BUILD", description = "The build's id.")
  private String id = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Goes on until the build ends.")
  private boolean follow;

  public LogCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.options = new ApiOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    try (FarmApi api = options.connect()) {
      if (follow) {
        new LogFollower(api, terminal).untilEnd(id);
      } else {
        print(api);
      }
      return 0;
    }
  }

  private void print(FarmApi api) throws InterruptedException {
    try (BufferedReader log =
        new BufferedReader(new InputStreamReader(api.log(id), StandardCharsets.UTF_8))) {
      for (String line = log.readLine(); line != null; line = log.readLine()) {
        terminal.line(line);
      }
    } catch (IOException e) {
      throw new CommandFailed(
          ExitCode.UNAVAILABLE,
          "the log of build %s broke off: %s".formatted(id, e.getMessage()),
          "ask again");
    }
  }
}
