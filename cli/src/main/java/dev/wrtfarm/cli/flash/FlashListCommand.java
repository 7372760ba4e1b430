package dev.wrtfarm.cli.flash;

import dev.wrtfarm.cli.http.ApiOptions;
import dev.wrtfarm.cli.http.FarmApi;
import dev.wrtfarm.cli.http.FlashApi;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Json;
import dev.wrtfarm.cli.output.Spent;
import dev.wrtfarm.cli.output.Table;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.common.rest.FlashView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wrtfarm flash list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the newest flash jobs.")
public final class FlashListCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ApiOptions options;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most N, 1 to 200. Default: 20")
  private int limit = 20;

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  public FlashListCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.options = new ApiOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    try (FarmApi api = options.connect()) {
      List<FlashView> jobs = new FlashApi(api).jobs(limit);
      if (json) {
        terminal.line(Json.pretty(jobs));
      } else if (jobs.isEmpty()) {
        terminal.message("nothing was flashed yet; try: wrtfarm flash --profile P --slot S");
      } else {
        table(jobs).lines().forEach(terminal::line);
      }
    }
    return 0;
  }

  /** Also what a card's history shows. */
  public static Table table(List<FlashView> jobs) {
    Table table = new Table("job", "host/slot", "state", "outcome", "age", "image", "image id");
    for (FlashView job : jobs) {
      table.row(
          job.id(),
          FlashWords.place(job),
          FlashWords.word(job.state()),
          job.proof() == null
              ? job.report() == null ? "-" : FlashWords.outcome(job)
              : FlashWords.outcome(job) + ", " + job.proof(),
          Spent.text(Duration.between(job.created(), Instant.now())),
          job.imageName(),
          job.imageId() == null ? "-" : job.imageId());
    }
    return table;
  }
}
