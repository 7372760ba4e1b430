package dev.wrtfarm.cli.farm;

import dev.wrtfarm.cli.data.Tokens;
import dev.wrtfarm.cli.output.Progress;
import dev.wrtfarm.cli.output.Spent;
import dev.wrtfarm.cli.output.Style;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.launcher.ProgramEvent;
import java.util.stream.Collectors;

/** Tells a person how a farm starts, lives and stops. */
public final class StartReport {
  private final Terminal terminal;
  private final FarmPlan plan;
  private final Progress progress;
  private volatile boolean stopping;

  public StartReport(Terminal terminal, FarmPlan plan) {
    this.terminal = terminal;
    this.plan = plan;
    this.progress = Progress.on(terminal);
  }

  public void beginning() {
    terminal.message("starting a farm in " + plan.data().path());
  }

  boolean isStopping() {
    return stopping;
  }

  public void on(ProgramEvent event) {
    String name = event.program();
    switch (event) {
      case ProgramEvent.Starting _ -> progress.show(name, row(name, "starts …"));
      case ProgramEvent.Ready it -> keep(name, "ready after " + Spent.text(it.took()), Style.GOOD);
      case ProgramEvent.Died it ->
          keep(
              name,
              "died (%s); starts again in %s".formatted(it.reason(), Spent.text(it.restartIn())),
              Style.BAD);
      case ProgramEvent.Restarted it ->
          keep(name, "ready again after " + Spent.text(it.took()), Style.GOOD);
      case ProgramEvent.Stopped _ -> keep(name, "stopped", Style.FAINT);
    }
  }

  /**
   * @param again what commands need to find this farm
   */
  void up(String took, String again) {
    progress.close();
    terminal.message("the farm is up after " + took);
    places(terminal, plan, plan.apiUrl(), again);
    terminal.message("Ctrl-C stops it; it goes on where it was when it is started again");
  }

  /** Where to look, for whoever started it. */
  static void places(Terminal terminal, FarmPlan plan, String api, String again) {
    terminal.line("api     " + api);
    terminal.line("data    " + plan.data().path());
    terminal.line("logs    " + plan.data().logs());
    terminal.line("tokens  " + new Tokens(plan.data()).file(Tokens.Role.OPERATOR));
    terminal.line("images  from " + plan.upstream());
    if (!plan.slots().isEmpty()) {
      terminal.line(
          "slots   %s of host %s; their cards: ./wrtfarm slot list%s"
              .formatted(
                  plan.slots().stream().map(FlashSlot::name).collect(Collectors.joining(", ")),
                  FarmPlan.FLASH_HOST,
                  again));
    }
    terminal.line("try     ./wrtfarm profiles" + again);
  }

  void stopping() {
    stopping = true;
    progress.keep("stopping");
  }

  void stopped() {
    progress.keep("the farm is stopped");
  }

  private void keep(String name, String what, Style style) {
    progress.keep(row(name, terminal.marked(style, what)));
  }

  private static String row(String name, String what) {
    return "  %-16s %s".formatted(name, what);
  }
}
