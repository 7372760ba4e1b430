package dev.wrtfarm.cli.flash;

import dev.wrtfarm.cli.build.TextReport;
import dev.wrtfarm.cli.http.ApiOptions;
import dev.wrtfarm.cli.http.FarmApi;
import dev.wrtfarm.cli.http.FlashApi;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.common.rest.FlashView;
import dev.wrtfarm.common.rest.SubmitFlash;
import dev.wrtfarm.common.rest.SubmitFlash.FlashTarget;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wrtfarm flash}. */
@Command(
    name = "flash",
    mixinStandardHelpOptions = true,
    description = {
      "Writes an image to a card in a slot of a lab host, and proves that it is there.",
      "Shows first what would be done and destroyed. Nothing is written before the slot's name was"
          + " typed, or given by --confirm."
    })
public final class FlashCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ApiOptions options;
  @Mixin private final ImageChoice image = new ImageChoice();
  @Mixin private final Targets targets = new Targets();
  @Mixin private final FlashOptionsGroup how = new FlashOptionsGroup();

  @Option(
      names = "--confirm",
      paramLabel = "S[,S…]",
      split = ",",
      hideParamSyntax = true,
      description = "Confirms the plan of slot S without asking.")
  private List<String> confirmed = List.of();

  @Option(
      names = "--dry-run",
      description = "Shows the plan and takes the job back; nothing is written.")
  private boolean dryRun;

  @Option(
      names = "--job",
      paramLabel = "ID[,ID…]",
      split = ",",
      hideParamSyntax = true,
      description = "Takes up jobs that were asked for before: shows their plan, follows them.")
  private List<String> known = List.of();

  @Option(names = "--json", description = "JSON lines: each change, each plan, then the results.")
  private boolean json;

  public FlashCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.options = new ApiOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    check();
    try (FarmApi api = options.connect()) {
      FlashApi flash = new FlashApi(api);
      List<FlashView> jobs = known.isEmpty() ? submitted(api, flash) : taken(flash);
      return new Watch(flash, terminal, json)
          .untilSettled(jobs, new Confirmation(Set.copyOf(confirmed), dryRun, terminal));
    }
  }

  private void check() {
    if (dryRun && !confirmed.isEmpty()) {
      throw new CommandFailed(
          ExitCode.USAGE, "--dry-run confirms nothing, so --confirm says nothing to it");
    }
    if (known.isEmpty()) {
      image.check();
      targets.check();
      how.check();
      mustBeAmong(confirmed, targets.slots());
    } else if (image.saysAnything() || targets.saysAnything() || how.saysAnything()) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "--job takes up a job as it is: what image, slot and options it has is decided",
          "leave the others out, or ask for a new job without --job");
    }
  }

  private static void mustBeAmong(List<String> confirmed, List<String> slots) {
    Set<String> foreign = new HashSet<>(confirmed);
    slots.forEach(foreign::remove);
    if (!foreign.isEmpty()) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "--confirm names %s, but the slot is %s; nothing was asked for"
              .formatted(String.join(",", foreign), String.join(",", slots)),
          "give the name of the slot that is to be written");
    }
  }

  private List<FlashView> submitted(FarmApi api, FlashApi flash) throws InterruptedException {
    List<FlashTarget> places = targets.settle(flash, image.isBuilt());
    ImageChoice.Image chosen = image.settle(api, terminal, () -> new TextReport(terminal));
    return flash.submit(
        new SubmitFlash(
            how.kind().name(),
            chosen.build(),
            chosen.artifact(),
            chosen.url(),
            chosen.sha256(),
            places,
            how.options(),
            how.unattended()));
  }

  private List<FlashView> taken(FlashApi flash) throws InterruptedException {
    List<FlashView> jobs = new ArrayList<>();
    for (String id : known) {
      jobs.add(flash.job(id));
    }
    mustBeAmong(confirmed, jobs.stream().map(FlashView::slot).toList());
    return jobs;
  }
}
