package dev.wrtfarm.cli.flash;

import dev.wrtfarm.cli.http.ApiOptions;
import dev.wrtfarm.cli.http.FarmApi;
import dev.wrtfarm.cli.http.FlashApi;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Json;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.common.rest.FlashView;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wrtfarm flash show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows a flash job: its plan, what was done, what was found.")
public final class FlashShowCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ApiOptions options;

  @Parameters(paramLabel = "JOB", description = "The job's id.")
  private String id = "";

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  public FlashShowCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.options = new ApiOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    FlashView job;
    try (FarmApi api = options.connect()) {
      job = new FlashApi(api).job(id);
    }
    if (json) {
      terminal.line(Json.pretty(job));
    } else {
      show(job);
    }
    return 0;
  }

  private void show(FlashView job) {
    line(FlashWords.headline(job));
    FlashWords.details(job).forEach(each -> line("  " + each));
    fact("job", job.id());
    fact("batch", job.batch());
    fact("kind", FlashWords.word(job.kind()));
    fact("state", FlashWords.word(job.state()));
    fact("waits", job.waiting().isEmpty() ? null : job.waiting());
    fact("build", job.build());
    fact("image", job.imageName());
    fact("sha-256", job.imageSha256());
    fact("image id", job.imageId());
    fact("created", job.created().toString());
    fact("started", job.started() == null ? null : job.started().toString());
    fact("ended", job.ended() == null ? null : job.ended().toString());
    if (job.plan() != null) {
      terminal.line("");
      PlanWords.of(job, job.plan()).forEach(this::line);
    }
  }

  private void fact(String name, @Nullable String value) {
    if (value != null) {
      line("  %-9s %s".formatted(name, value));
    }
  }

  private void line(String text) {
    terminal.line(JobsText.oneLine(text));
  }
}
