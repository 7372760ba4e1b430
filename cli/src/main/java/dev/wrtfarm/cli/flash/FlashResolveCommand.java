package dev.wrtfarm.cli.flash;

import dev.wrtfarm.cli.http.ApiOptions;
import dev.wrtfarm.cli.http.FarmApi;
import dev.wrtfarm.cli.http.FlashApi;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.common.rest.FlashView;
import dev.wrtfarm.common.rest.ResolveFlash;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wrtfarm flash resolve}. */
@Command(
    name = "resolve",
    mixinStandardHelpOptions = true,
    description = {
      "Ends a job that needs a check, by what a person found on the card.",
      "The slot is free again then. Refused while the agent still has a process at the device."
    })
public final class FlashResolveCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ApiOptions options;

  @Parameters(index = "0", paramLabel = "JOB", description = "The job's id.")
  private String id = "";

  @Parameters(
      index = "1",
      paramLabel = "passed|failed",
      description = "passed: the card holds the image. failed: it does not, or nobody knows.")
  private Finding finding = Finding.FAILED;

  @Option(names = "--note", paramLabel = "TEXT", description = "What was seen, for the record.")
  private @Nullable String note;

  /** What a person found. */
  enum Finding {
    PASSED,
    FAILED
  }

  public FlashResolveCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.options = new ApiOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    FlashView job;
    try (FarmApi api = options.connect()) {
      job =
          new FlashApi(api)
              .resolve(id, new ResolveFlash(finding.name().toLowerCase(Locale.ROOT), note));
    }
    terminal.message(
        "job %s is %s; slot %s is free again"
            .formatted(id, FlashWords.word(job.state()), FlashWords.place(job)));
    return 0;
  }
}
