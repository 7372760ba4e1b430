package dev.wrtfarm.cli.build;

import dev.wrtfarm.cli.output.Progress;
import dev.wrtfarm.cli.output.Spent;
import dev.wrtfarm.cli.output.Style;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.RequestView;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** For a person. */
public final class TextReport implements BuildReport {
  private final Terminal terminal;
  private final Progress progress;
  private final Instant began = Instant.now();
  private boolean answeredAtOnce;

  public TextReport(Terminal terminal) {
    this.terminal = terminal;
    this.progress = Progress.on(terminal);
  }

  @Override
  public void submitted(RequestView request) {
    answeredAtOnce = "reused".equals(request.outcome());
    String build = request.build().id();
    switch (request.outcome()) {
      case "attached" ->
          progress.keep("the same is being built already; following build " + build + of(request));
      case "reused" -> {}
      default -> progress.keep("queued as build " + build + of(request));
    }
  }

  private static String of(RequestView request) {
    return " (request " + request.id() + ")";
  }

  @Override
  public void seen(BuildView build) {
    String step = build.state() == BuildState.QUEUED ? "queued" : stage(build);
    String percent = build.percent() > 0 ? " %3d %%".formatted(build.percent()) : "";
    progress.show(
        step + build.attempts().size(),
        "%7s  %-8s%s  %s"
            .formatted(spent(), step, percent, oneLine(build.detail()))
            .stripTrailing());
  }

  @Override
  public void unanswered(String why) {
    progress.show(why, "%7s  %s; trying again".formatted(spent(), why));
  }

  @Override
  public void ended(BuildView build) {
    progress.close();
    if (build.state().hasImages()) {
      terminal.message(terminal.marked(Style.GOOD, how(build)) + " image " + build.imageId());
    } else {
      BuildDescription.ofFailed(build).forEach(terminal::message);
    }
  }

  private String how(BuildView build) {
    if (answeredAtOnce) {
      return "answered at once from build " + build.id() + ",";
    }
    return build.state() == BuildState.REUSED
        ? "nothing has changed since build " + build.reusedFrom() + ", after " + spent() + ","
        : "built in " + spent() + ",";
  }

  @Override
  public void saved(SavedBuild saved) {
    progress.close();
    BuildDescription.artifacts(saved.build()).lines().forEach(terminal::line);
    terminal.message("saved and checked in " + saved.folder());
  }

  @Override
  public void close() {
    progress.close();
  }

  private String spent() {
    return Spent.text(Duration.between(began, Instant.now()));
  }

  private static String stage(BuildView build) {
    return build.stage() == null ? "running" : build.stage().name().toLowerCase(Locale.ROOT);
  }

  private static String oneLine(String detail) {
    return detail.replaceAll("\\p{Cntrl}+", " ");
  }
}
