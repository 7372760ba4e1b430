package dev.wrtfarm.worker.manifest;

import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.recipe.PackageSet;
import dev.wrtfarm.worker.attempt.Attempt;
import dev.wrtfarm.worker.attempt.BuildFailed;
import dev.wrtfarm.worker.classify.Circumstances;
import dev.wrtfarm.worker.classify.Classifier;
import dev.wrtfarm.worker.feed.AttemptFeeds;
import dev.wrtfarm.worker.feed.FeedProxy;
import dev.wrtfarm.worker.sandbox.MakeRun;
import dev.wrtfarm.worker.sandbox.Sandbox;
import java.util.List;

/**
 * {@code make manifest} installs the packages, and so downloads all of them: a tenth of a whole
 * build, and every mistake in a recipe shows.
 */
public final class ManifestStage {
  private static final int MOST_GUESSED = 95;

  private final Sandbox sandbox;

  public ManifestStage(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  public PackageSet run(Attempt attempt, FeedProxy proxy, AttemptFeeds feeds)
      throws InterruptedException {
    attempt.progress().at(0, "resolving packages");
    // How many there will be is only known at the end.
    feeds.tell(delivery ->
        attempt
            .progress()
            .at(
                Math.min(MOST_GUESSED, feeds.packages().size()),
                "%d packages so far, %s".formatted(feeds.packages().size(), delivery.name())));
    MakeRun run =
        MakeRun.of(
            sandbox, attempt, proxy.socket(), MakeArguments.manifest(attempt.recipe()), _ -> {});
    Classifier.check(run, Circumstances.of(attempt, feeds));
    List<ManifestLines.Line> lines = ManifestLines.parse(run.out().text());
    if (lines.isEmpty()) {
      throw new BuildFailed(
          FailureReason.UNKNOWN, "make manifest ended well but named no package at all");
    }
    attempt.progress().at(100, lines.size() + " packages");
    return PackageFiles.bind(lines, feeds.packages());
  }
}
