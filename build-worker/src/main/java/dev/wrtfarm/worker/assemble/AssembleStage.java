package dev.wrtfarm.worker.assemble;

import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.recipe.PackageSet;
import dev.wrtfarm.worker.attempt.Attempt;
import dev.wrtfarm.worker.attempt.BuildFailed;
import dev.wrtfarm.worker.classify.Circumstances;
import dev.wrtfarm.worker.classify.Classifier;
import dev.wrtfarm.worker.feed.AttemptFeeds;
import dev.wrtfarm.worker.feed.Delivery.Delivered;
import dev.wrtfarm.worker.feed.FeedProxy;
import dev.wrtfarm.worker.manifest.MakeArguments;
import dev.wrtfarm.worker.prepare.Banner;
import dev.wrtfarm.worker.prepare.Overlay;
import dev.wrtfarm.worker.sandbox.MakeRun;
import dev.wrtfarm.worker.sandbox.Sandbox;
import java.util.List;

/** Makes the images of exactly the packages that the manifest stage reported. */
public final class AssembleStage {
  private final Sandbox sandbox;

  public AssembleStage(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  public MakeRun run(
      Attempt attempt, FeedProxy proxy, AttemptFeeds feeds, PackageSet packages, String imageId)
      throws InterruptedException {
    Overlay.write(attempt, imageId, Banner.read(attempt.tree()));
    List<Delivered> known = feeds.packages();
    ImageProgress progress = new ImageProgress(attempt.progress(), packages.packages().size());
    MakeRun run =
        MakeRun.of(
            sandbox,
            attempt,
            proxy.socket(),
            MakeArguments.image(attempt.recipe()),
            progress::line);
    Classifier.check(run, Circumstances.of(attempt, feeds));
    for (Delivered each : feeds.packages()) {
      if (!known.contains(each)) {
        // The image would not be the one that its id names.
        throw new BuildFailed(
            FailureReason.UPSTREAM_INCOMPLETE,
            "make image fetched " + each.uri() + ", which make manifest had not");
      }
    }
    return run;
  }
}
