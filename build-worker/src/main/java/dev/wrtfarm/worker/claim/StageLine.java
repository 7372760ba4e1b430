package dev.wrtfarm.worker.claim;

import dev.wrtfarm.common.build.Stage;
import dev.wrtfarm.common.recipe.PackageSet;
import dev.wrtfarm.common.worker.ResolvedReply;
import dev.wrtfarm.worker.assemble.AssembleStage;
import dev.wrtfarm.worker.attempt.Attempt;
import dev.wrtfarm.worker.farm.LeaseLost;
import dev.wrtfarm.worker.farm.LeasedBuild;
import dev.wrtfarm.worker.feed.AttemptFeeds;
import dev.wrtfarm.worker.feed.FeedCache;
import dev.wrtfarm.worker.feed.FeedProxy;
import dev.wrtfarm.worker.fetch.FetchStage;
import dev.wrtfarm.worker.fetch.ImageBuilder;
import dev.wrtfarm.worker.manifest.ManifestStage;
import dev.wrtfarm.worker.prepare.PrepareStage;
import dev.wrtfarm.worker.publish.Publisher;
import dev.wrtfarm.worker.sandbox.MakeRun;
import dev.wrtfarm.worker.sandbox.Sandbox;
import dev.wrtfarm.worker.verify.OutputFile;
import dev.wrtfarm.worker.verify.VerifyStage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The line of stages, from a claim to its end. */
public record StageLine(
    FetchStage fetch,
    PrepareStage prepare,
    FeedTable feedTable,
    ManifestStage manifest,
    AssembleStage assemble,
    VerifyStage verify,
    Publisher publisher) {

  /** How an attempt reaches its feeds. */
  public record FeedTable(FeedCache cache, SocketFolder sockets, Duration pause, Mirror mirror) {
    AttemptFeeds feeds(Attempt attempt, List<URI> bases) {
      List<URI> fetched = bases.stream().map(mirror::of).toList();
      return new AttemptFeeds(fetched, cache, attempt.dir().resolve("feeds"), pause);
    }
  }

  /** Returns whether images were made; otherwise an earlier build's are reused. */
  boolean run(Attempt attempt, LeasedBuild build) throws LeaseLost, InterruptedException {
    attempt.progress().enter(Stage.FETCH);
    ImageBuilder builder = fetch.run(attempt);
    attempt.progress().enter(Stage.PREPARE);
    List<URI> bases = prepare.run(attempt, builder);
    AttemptFeeds feeds = feedTable.feeds(attempt, bases);
    attempt.log().rewriteWith(line -> feeds.withRealUrls(line, Sandbox.FEEDS));
    Path socket = feedTable.sockets().socketOf(attempt);
    try (FeedProxy proxy = FeedProxy.open(socket, feeds)) {
      attempt.progress().enter(Stage.MANIFEST);
      PackageSet packages = manifest.run(attempt, proxy, feeds);
      ResolvedReply reply = build.resolved(builder, packages);
      attempt.log().line("image " + reply.imageId() + (reply.reused() ? " exists already" : ""));
      if (reply.reused()) {
        return false;
      }
      attempt.progress().enter(Stage.ASSEMBLE);
      MakeRun run = assemble.run(attempt, proxy, feeds, packages, reply.imageId());
      attempt.progress().enter(Stage.VERIFY);
      List<OutputFile> files = verify.run(attempt, builder, run);
      attempt.progress().enter(Stage.PUBLISH);
      Path log = attempt.log().finish();
      publisher.complete(build, files, log, attempt.progress());
      return true;
    }
  }
}
