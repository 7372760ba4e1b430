package dev.wrtfarm.cli.flash;

import dev.wrtfarm.cli.output.Json;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.rest.FlashView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** For a program: a JSON document a line, each with a {@code type}; the results come last. */
final class JobsJson implements JobsReport {
  private final Terminal terminal;
  private final Map<String, StateLine> last = new HashMap<>();

  JobsJson(Terminal terminal) {
    this.terminal = terminal;
  }

  private record StateLine(
      String type,
      String job,
      String host,
      String slot,
      FlashState state,
      String phase,
      int percent,
      String detail,
      String waiting) {

    /** Seconds that pass are no change. */
    StateLine timeless() {
      return new StateLine(
          type,
          job,
          host,
          slot,
          state,
          phase,
          percent,
          detail,
          waiting.replaceAll("\\d+ s\\b", ""));
    }
  }

  /** A whole job, when it is planned and at its end. */
  private record JobLine(String type, FlashView job) {}

  @Override
  public void seen(List<FlashView> jobs) {
    for (FlashView job : jobs) {
      StateLine now =
          new StateLine(
              "flash",
              job.id(),
              job.host(),
              job.slot(),
              job.state(),
              job.phase(),
              job.percent(),
              job.detail(),
              job.waiting());
      StateLine before = last.put(job.id(), now);
      if (before == null || !now.timeless().equals(before.timeless())) {
        terminal.line(Json.line(now));
      }
    }
  }

  @Override
  public void planned(FlashView job) {
    terminal.line(Json.line(new JobLine("plan", job)));
  }

  @Override
  public void unanswered(String why) {
    terminal.message(why + "; trying again");
  }

  @Override
  public void settled(FlashView job) {
    terminal.line(Json.line(new JobLine("result", job)));
  }

  @Override
  public void close() {}
}
