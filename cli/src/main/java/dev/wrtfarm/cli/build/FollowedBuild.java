package dev.wrtfarm.cli.build;

import dev.wrtfarm.cli.http.FarmApi;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.RequestView;
import dev.wrtfarm.common.rest.SubmitBuild;

/** A build from whoever asks for it to its end; Ctrl-C ends the watching only. */
public final class FollowedBuild {
  private final FarmApi api;
  private final BuildReport report;
  private final Terminal terminal;

  public FollowedBuild(FarmApi api, BuildReport report, Terminal terminal) {
    this.api = api;
    this.report = report;
    this.terminal = terminal;
  }

  public BuildView asked(SubmitBuild wish) throws InterruptedException {
    RequestView request = api.submit(wish);
    report.submitted(request);
    return untilEnd(request.build());
  }

  /** A build that somebody asked for before. */
  public BuildView attached(String id) throws InterruptedException {
    return untilEnd(api.build(id));
  }

  private BuildView untilEnd(BuildView build) throws InterruptedException {
    try (Interruption _ = Interruption.duringBuild(build.id(), report, terminal)) {
      return new Follower(api, report).untilEnd(build);
    }
  }
}
