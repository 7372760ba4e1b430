package dev.wrtfarm.cli.build;

import dev.wrtfarm.cli.http.FarmApi;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.cli.problem.FarmUnreachable;
import dev.wrtfarm.common.rest.BuildView;
import java.time.Duration;
import java.time.Instant;

/** Watches a build until it ends. An API that is away for a while does not end the watch. */
public final class Follower {
  private static final Duration POLL = Duration.ofMillis(300);
  private static final Duration POLL_UNANSWERED = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final FarmApi api;
  private final BuildReport report;

  public Follower(FarmApi api, BuildReport report) {
    this.api = api;
    this.report = report;
  }

  public BuildView untilEnd(BuildView first) throws InterruptedException {
    BuildView build = first;
    Instant answered = Instant.now();
    while (build.state().isUnfinished()) {
      report.seen(build);
      Thread.sleep(POLL);
      try {
        build = api.build(first.id());
        answered = Instant.now();
      } catch (FarmUnreachable | CommandFailed e) {
        if (isFinal(e) || Instant.now().isAfter(answered.plus(PATIENCE))) {
          throw e;
        }
        report.unanswered(String.valueOf(e.getMessage()));
        Thread.sleep(POLL_UNANSWERED);
      }
    }
    report.ended(build);
    return build;
  }

  private static boolean isFinal(RuntimeException e) {
    return e instanceof CommandFailed failed
        && failed.exitCode() != ExitCode.UNAVAILABLE.code()
        && failed.exitCode() != ExitCode.ERROR.code();
  }
}
