package dev.wrtfarm.cli.flash;

import dev.wrtfarm.cli.http.FlashApi;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.cli.problem.FarmUnreachable;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.rest.FlashView;
import java.util.List;

/**
 * Follows jobs in front of a person or a program, and ends with the exit code of what came of it.
 */
final class Watch {
  private final FlashApi api;
  private final Terminal terminal;
  private final boolean json;

  Watch(FlashApi api, Terminal terminal, boolean json) {
    this.api = api;
    this.terminal = terminal;
    this.json = json;
  }

  int untilSettled(List<FlashView> jobs, Confirmation confirmation) throws InterruptedException {
    try (JobsReport report = json ? new JobsJson(terminal) : new JobsText(terminal);
        JobsInterruption _ = JobsInterruption.during(jobs, report, terminal)) {
      return code(new JobsFollower(api, report, confirmation).untilSettled(jobs), confirmation);
    } catch (CommandFailed | FarmUnreachable e) {
      terminal.message("take it up again: wrtfarm flash --job " + JobsInterruption.ids(jobs));
      throw e;
    }
  }

  private int code(List<FlashView> jobs, Confirmation confirmation) {
    if (confirmation.isDryRun()) {
      boolean allPlanned = jobs.stream().allMatch(job -> job.plan() != null);
      terminal.message(
          allPlanned
              ? "a dry run: nothing was written, the job is taken back"
              : "there is no plan");
      return (allPlanned ? ExitCode.OK : ExitCode.ENDED_BADLY).code();
    }
    List<FlashView> left = jobs.stream().filter(job -> job.state() == FlashState.PLANNED).toList();
    if (!left.isEmpty()) {
      tellHowToConfirm(left);
    }
    if (jobs.stream().anyMatch(job -> FlashWords.isSettled(job) && !FlashWords.isGood(job))) {
      return ExitCode.ENDED_BADLY.code();
    }
    return (left.isEmpty() ? ExitCode.OK : ExitCode.UNCONFIRMED).code();
  }

  private void tellHowToConfirm(List<FlashView> left) {
    terminal.message("");
    terminal.message("not confirmed: nothing is written until somebody does");
    for (FlashView job : left) {
      terminal.message(
          "  confirm it:   wrtfarm flash --job %s --confirm %s".formatted(job.id(), job.slot()));
      terminal.message("  take it back: wrtfarm flash cancel " + job.id());
    }
  }
}
