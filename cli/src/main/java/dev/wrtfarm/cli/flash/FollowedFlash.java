package dev.wrtfarm.cli.flash;

import dev.wrtfarm.cli.http.FlashApi;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.common.rest.FlashView;
import dev.wrtfarm.common.rest.SubmitFlash;
import dev.wrtfarm.common.rest.SubmitFlash.FlashTarget;
import java.util.List;
import java.util.Set;

/** A flash of a card that is nobody's: its plan is shown, and confirmed without asking. */
public final class FollowedFlash {
  private final FlashApi api;
  private final Terminal terminal;

  public FollowedFlash(FlashApi api, Terminal terminal) {
    this.api = api;
    this.terminal = terminal;
  }

  /** The job at its end, whatever that is. */
  public FlashView of(String build, String host, String slot) throws InterruptedException {
    List<FlashView> jobs =
        api.submit(
            new SubmitFlash(
                null, build, null, null, null, List.of(new FlashTarget(host, slot)), null, null));
    try (JobsText report = new JobsText(terminal)) {
      Confirmation confirmation = new Confirmation(Set.of(slot), false, terminal);
      return new JobsFollower(api, report, confirmation).untilSettled(jobs).getFirst();
    }
  }
}
