package dev.wrtfarm.cli.build;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.wrtfarm.cli.output.Json;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.build.Stage;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.RequestView;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** For a program: one JSON document a line, each with a {@code type}; the last is the result. */
final class JsonReport implements BuildReport {
  private final Terminal terminal;
  private @Nullable StateLine last;
  private @Nullable RequestView request;

  JsonReport(Terminal terminal) {
    this.terminal = terminal;
  }

  private record StateLine(
      String type,
      String build,
      BuildState state,
      @Nullable Stage stage,
      int percent,
      String detail,
      int attempts) {}

  /** Only what is known: a build that is not downloaded has no folder. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record ResultLine(
      String type,
      @Nullable String request,
      @Nullable String outcome,
      BuildView build,
      @Nullable String folder,
      @Nullable List<String> files) {}

  @Override
  public void submitted(RequestView submitted) {
    request = submitted;
  }

  @Override
  public void seen(BuildView build) {
    StateLine now =
        new StateLine(
            "state",
            build.id(),
            build.state(),
            build.stage(),
            build.percent(),
            build.detail(),
            build.attempts().size());
    if (!now.equals(last)) {
      terminal.line(Json.line(now));
      last = now;
    }
  }

  @Override
  public void unanswered(String why) {
    terminal.message(why + "; trying again");
  }

  @Override
  public void ended(BuildView build) {
    seen(build);
  }

  /** The last document of a build that is not saved. */
  void result(BuildView build) {
    print(build, null, null);
  }

  @Override
  public void saved(SavedBuild saved) {
    print(
        saved.build(),
        saved.folder().toString(),
        saved.files().stream().map(Path::toString).toList());
  }

  private void print(BuildView build, @Nullable String folder, @Nullable List<String> files) {
    RequestView asked = request;
    terminal.line(
        Json.line(
            new ResultLine(
                "result",
                asked == null ? null : asked.id(),
                asked == null ? null : asked.outcome(),
                build,
                folder,
                files)));
  }

  @Override
  public void close() {}
}
