package dev.wrtfarm.cli.build;

import dev.wrtfarm.cli.http.ApiOptions;
import dev.wrtfarm.cli.http.FarmApi;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Json;
import dev.wrtfarm.cli.output.Spent;
import dev.wrtfarm.cli.output.Table;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.common.rest.AttemptView;
import dev.wrtfarm.common.rest.BuildView;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wrtfarm show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows a build: what it is, how it went, what it made.")
public final class ShowCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ApiOptions options;

  @Parameters(paramLabel = "BUILD", description = "The build's id.")
  private String id = "";

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  public ShowCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.options = new ApiOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    BuildView build;
    try (FarmApi api = options.connect()) {
      build = api.build(id);
    }
    if (json) {
      terminal.line(Json.pretty(build));
    } else {
      show(build);
    }
    return 0;
  }

  private void show(BuildView build) {
    fact("build", build.id());
    fact("state", build.state().name().toLowerCase(Locale.ROOT));
    fact("profile", build.profile());
    fact("recipe", build.recipe().canonicalForm());
    fact("recipe digest", build.recipeDigest());
    fact("archive", build.archive());
    fact("archive sha-256", build.archiveSha256());
    fact("image", build.imageId());
    fact("reused from", build.reusedFrom());
    fact("created", build.created().toString());
    build
        .stageMillis()
        .forEach((stage, millis) ->
            fact(
                "took " + stage.name().toLowerCase(Locale.ROOT),
                Spent.text(Duration.ofMillis(millis))));
    section(attempts(build));
    section(BuildDescription.artifacts(build));
    if (build.failure() != null) {
      terminal.line("");
      BuildDescription.ofFailed(build).forEach(terminal::line);
    }
  }

  private static Table attempts(BuildView build) {
    Table attempts = new Table("attempt", "worker", "result", "started", "took", "why");
    for (AttemptView each : build.attempts()) {
      attempts.row(
          each.number(),
          each.worker(),
          each.result(),
          each.started(),
          each.ended() == null ? "-" : Spent.text(Duration.between(each.started(), each.ended())),
          why(each, build));
    }
    return attempts;
  }

  private static String why(AttemptView attempt, BuildView build) {
    return switch (attempt.result()) {
      case "lost" -> "its worker was silent for too long";
      case "released" -> "its worker gave it back";
      case "reused" -> "the same packages as in build " + build.reusedFrom();
      default ->
          attempt.failure() == null
              ? "-"
              : attempt.failure().reason() + ": " + oneLine(attempt.failure().message());
    };
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  private void section(Table table) {
    if (!table.isEmpty()) {
      terminal.line("");
      table.lines().forEach(terminal::line);
    }
  }

  private void fact(String name, @Nullable String value) {
    if (value != null) {
      terminal.line("%-16s %s".formatted(name, value));
    }
  }
}
