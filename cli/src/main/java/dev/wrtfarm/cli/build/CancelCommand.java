package dev.wrtfarm.cli.build;

import dev.wrtfarm.cli.http.ApiOptions;
import dev.wrtfarm.cli.http.FarmApi;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code wrtfarm cancel}. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description = "Takes a request back; the last request of a build ends it.")
public final class CancelCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ApiOptions options;

  @Parameters(paramLabel = "REQUEST", description = "The request's id, as 'build' printed it.")
  private String id = "";

  public CancelCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.options = new ApiOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    try (FarmApi api = options.connect()) {
      api.cancel(id);
    }
    terminal.message("request " + id + " is cancelled");
    return 0;
  }
}
