package dev.wrtfarm.cli.flash;

import dev.wrtfarm.cli.http.ApiOptions;
import dev.wrtfarm.cli.http.FarmApi;
import dev.wrtfarm.cli.http.FlashApi;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashOptions;
import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.rest.FlashView;
import dev.wrtfarm.common.rest.SubmitFlash;
import dev.wrtfarm.common.rest.SubmitFlash.FlashTarget;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wrtfarm flash recheck}. */
@Command(
    name = "recheck",
    mixinStandardHelpOptions = true,
    description = {
      "Reads a card that was flashed before once more, and compares it with the same image.",
      "Writes nothing. It finds what fades after hours, and what had only been in a cache."
    })
public final class FlashRecheckCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ApiOptions options;

  @Parameters(paramLabel = "JOB", description = "The job that flashed it.")
  private String id = "";

  @Option(
      names = "--image-url",
      paramLabel = "URL",
      description = "Where the image is now, if the job's came from a URL.")
  private @Nullable String url;

  @Option(names = "--json", description = "JSON lines: each change, the plan, then the result.")
  private boolean json;

  public FlashRecheckCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.options = new ApiOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    try (FarmApi api = options.connect()) {
      FlashApi flash = new FlashApi(api);
      List<FlashView> jobs = flash.submit(again(flash.job(id)));
      return new Watch(flash, terminal, json)
          .untilSettled(jobs, new Confirmation(Set.of(), false, terminal));
    }
  }

  private SubmitFlash again(FlashView job) {
    if (job.build() == null && url == null) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "job %s took its image %s from a URL, which the farm does not tell"
              .formatted(id, job.imageName()),
          "name it by --image-url");
    }
    return new SubmitFlash(
        FlashKind.VERIFY.name(),
        url == null ? job.build() : null,
        url == null ? job.imageName() : null,
        url,
        url == null ? null : job.imageSha256(),
        List.of(new FlashTarget(job.host(), job.slot())),
        // What was put beside the image is not part of what is compared.
        new FlashOptions(Level.QUICK, FlashOptions.DEFAULT.wipe(), null, null),
        false);
  }
}
