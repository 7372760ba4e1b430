package dev.wrtfarm.cli.flash;

import dev.wrtfarm.cli.http.ApiOptions;
import dev.wrtfarm.cli.http.FarmApi;
import dev.wrtfarm.cli.http.FlashApi;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.common.rest.FlashView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code wrtfarm flash cancel}. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description = {
      "Takes a flash job back.",
      "Before the first write the card stays as it was; after it the card does not boot."
    })
public final class FlashCancelCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ApiOptions options;

  @Parameters(paramLabel = "JOB", description = "The job's id.")
  private String id = "";

  public FlashCancelCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.options = new ApiOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    FlashView job;
    try (FarmApi api = options.connect()) {
      job = new FlashApi(api).cancel(id);
    }
    terminal.message(
        switch (job.state()) {
          case CANCELLED -> "job %s is cancelled; nothing was written".formatted(id);
          case WRITING, VERIFYING ->
              "job %s stops at its next request; the card does not boot then: wrtfarm flash --job %s"
                  .formatted(id, id);
          default -> "job %s is %s".formatted(id, FlashWords.word(job.state()));
        });
    return 0;
  }
}
