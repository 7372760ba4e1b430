package dev.wrtfarm.cli.build;

import dev.wrtfarm.cli.http.ApiOptions;
import dev.wrtfarm.cli.http.FarmApi;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.common.rest.RequestView;
import java.util.Locale;
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

  private String outcome(RequestView request) {
    return request.cancelled()
        ? "request " + id + " is cancelled"
        : "request %s stays as it is: its build %s had ended before (%s)"
            .formatted(
                id, request.build().id(), request.build().state().name().toLowerCase(Locale.ROOT));
  }

  public CancelCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.options = new ApiOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    try (FarmApi api = options.connect()) {
      api.cancel(id);
      terminal.message(outcome(api.request(id)));
    } catch (CommandFailed e) {
      if (e.exitCode() != ExitCode.NOT_FOUND.code() || !id.startsWith("b-")) {
        throw e;
      }
      throw new CommandFailed(
          ExitCode.NOT_FOUND,
          "'%s' is a build, and what is taken back is a request".formatted(id),
          "name the request (r-…) that 'build' printed; the last one of a build ends it");
    }
    return 0;
  }
}
