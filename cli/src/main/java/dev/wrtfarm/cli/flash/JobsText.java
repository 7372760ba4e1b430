package dev.wrtfarm.cli.flash;

import dev.wrtfarm.cli.output.Progress;
import dev.wrtfarm.cli.output.Spent;
import dev.wrtfarm.cli.output.Style;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.rest.FlashView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** For a person: the plan and the progress for the eye, what came of it on standard output. */
public final class JobsText implements JobsReport {
  private final Terminal terminal;
  private final Progress progress;
  private final Instant began = Instant.now();

  public JobsText(Terminal terminal) {
    this.terminal = terminal;
    this.progress = Progress.on(terminal);
  }

  @Override
  public void seen(List<FlashView> jobs) {
    List<FlashView> open = jobs.stream().filter(job -> !FlashWords.isSettled(job)).toList();
    if (open.isEmpty()) {
      return;
    }
    String step = open.stream().map(job -> job.id() + step(job)).collect(Collectors.joining());
    String text =
        open.stream()
            .map(job -> (open.size() == 1 ? "" : job.slot() + " ") + step(job) + where(job))
            .collect(Collectors.joining(" · "));
    // Seconds that pass are no step.
    progress.show(step.replaceAll("\\d+ s\\b", ""), "%7s  %s".formatted(spent(), oneLine(text)));
  }

  private static String step(FlashView job) {
    return switch (job.state()) {
      case REQUESTED, CONFIRMED ->
          job.waiting().isEmpty() ? FlashWords.word(job.state()) : job.waiting();
      case PLANNED -> "planned";
      default -> job.phase().isEmpty() ? FlashWords.word(job.state()) : job.phase();
    };
  }

  private static String where(FlashView job) {
    boolean moves = job.state() == FlashState.WRITING || job.state() == FlashState.VERIFYING;
    return moves ? " %d %%  %s".formatted(job.percent(), job.detail()).stripTrailing() : "";
  }

  @Override
  public void planned(FlashView job) {
    FlashPlan plan = job.plan();
    if (plan != null) {
      progress.keep("");
      PlanWords.of(job, plan).forEach(line -> progress.keep(oneLine(line)));
    }
  }

  @Override
  public void unanswered(String why) {
    progress.show(why, "%7s  %s; trying again".formatted(spent(), why));
  }

  @Override
  public void settled(FlashView job) {
    progress.close();
    terminal.line(
        terminal.styled(
            FlashWords.isGood(job) ? Style.GOOD : Style.BAD, oneLine(FlashWords.headline(job))));
    FlashWords.details(job).forEach(line -> terminal.line("  " + oneLine(line)));
  }

  @Override
  public void close() {
    progress.close();
  }

  private String spent() {
    return Spent.text(Duration.between(began, Instant.now()));
  }

  /** What a card calls itself must not move the cursor. */
  static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }
}
