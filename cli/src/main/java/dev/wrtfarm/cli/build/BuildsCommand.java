package dev.wrtfarm.cli.build;

import dev.wrtfarm.cli.http.ApiOptions;
import dev.wrtfarm.cli.http.FarmApi;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Json;
import dev.wrtfarm.cli.output.Spent;
import dev.wrtfarm.cli.output.Table;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.common.rest.BuildView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wrtfarm builds}. */
@Command(name = "builds", mixinStandardHelpOptions = true, description = "Lists the newest builds.")
public final class BuildsCommand implements Callable<Integer> {
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

  public BuildsCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.options = new ApiOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    try (FarmApi api = options.connect()) {
      List<BuildView> builds = api.builds(limit);
      if (json) {
        terminal.line(Json.pretty(builds));
      } else if (builds.isEmpty()) {
        terminal.message("nothing was built yet; try: wrtfarm build PROFILE");
      } else {
        table(builds).lines().forEach(terminal::line);
      }
    }
    return 0;
  }

  private static Table table(List<BuildView> builds) {
    Table table = new Table("build", "state", "what", "age", "took", "image");
    for (BuildView build : builds) {
      table.row(
          build.id(),
          build.state().name().toLowerCase(Locale.ROOT),
          BuildDescription.what(build),
          Spent.text(Duration.between(build.created(), Instant.now())),
          took(build.started(), build.ended()),
          build.imageId() == null ? "-" : build.imageId());
    }
    return table;
  }

  private static String took(@Nullable Instant started, @Nullable Instant ended) {
    return started == null || ended == null ? "-" : Spent.text(Duration.between(started, ended));
  }
}
