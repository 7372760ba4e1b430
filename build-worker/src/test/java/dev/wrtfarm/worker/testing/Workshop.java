package dev.wrtfarm.worker.testing;

import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.worker.assemble.AssembleStage;
import dev.wrtfarm.worker.attempt.Attempt;
import dev.wrtfarm.worker.attempt.Progress;
import dev.wrtfarm.worker.claim.Mirror;
import dev.wrtfarm.worker.claim.SocketFolder;
import dev.wrtfarm.worker.claim.StageLine;
import dev.wrtfarm.worker.download.Downloader;
import dev.wrtfarm.worker.farm.Backoff;
import dev.wrtfarm.worker.farm.Persistence;
import dev.wrtfarm.worker.feed.FeedCache;
import dev.wrtfarm.worker.fetch.FetchStage;
import dev.wrtfarm.worker.fetch.GoldenTrees;
import dev.wrtfarm.worker.fetch.TrustedKeys;
import dev.wrtfarm.worker.fetch.Upstream;
import dev.wrtfarm.worker.host.Folders;
import dev.wrtfarm.worker.log.BuildLog;
import dev.wrtfarm.worker.manifest.ManifestStage;
import dev.wrtfarm.worker.prepare.PrepareStage;
import dev.wrtfarm.worker.publish.Publisher;
import dev.wrtfarm.worker.publish.Store;
import dev.wrtfarm.worker.sandbox.Limits;
import dev.wrtfarm.worker.sandbox.Sandbox;
import dev.wrtfarm.worker.verify.VerifyStage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A worker's stages on a folder of their own, fetching from a sample server. */
public final class Workshop implements AutoCloseable {
  private static final URI CANONICAL = URI.create("http://downloads.sample.invalid");
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(20), Duration.ofMillis(200));

  /** Tries that come soon one after the other. */
  public static final Persistence IMPATIENT =
      new Persistence(BACKOFF, Duration.ofSeconds(5), Duration.ofSeconds(5), _ -> {});

  private static final Limits LIMITS =
      new Limits(Duration.ofMinutes(5), 4L << 30, 1024, 2L << 30, 4L << 30);

  private final Path dir;
  private final URI upstream;
  private final Limits limits;
  private int attempts;

  public Workshop(URI upstream) throws IOException {
    this(upstream, LIMITS);
  }

  public Workshop(URI upstream, Limits limits) throws IOException {
    this.dir = Rights.openFolder();
    this.upstream = upstream;
    this.limits = limits;
  }

  public Path scratch() {
    return Folders.make(dir.resolve("scratch"));
  }

  public Sandbox sandbox() {
    return new Sandbox(limits, Rights.launcher(scratch()));
  }

  public Attempt attempt(Recipe recipe) {
    Path own = Folders.make(scratch().resolve(Integer.toString(++attempts)));
    return new Attempt(
        "test-" + attempts,
        recipe,
        own,
        new Progress(),
        new BuildLog(own.resolve("build.log"), BuildLog.LIMIT));
  }

  public FetchStage fetch(GoldenTrees trees) throws IOException {
    return new FetchStage(
        new Upstream(upstream, downloader(), PAUSE),
        new TrustedKeys(List.of(SampleServer.key())),
        trees);
  }

  public GoldenTrees trees(long limit) {
    return new GoldenTrees(dir.resolve("trees"), limit, _ -> {});
  }

  public FeedCache feedCache() {
    return new FeedCache(dir.resolve("feeds"), 1L << 30, downloader(), _ -> {});
  }

  public StageLine line() throws IOException {
    FetchStage fetch = fetch(trees(1L << 30));
    return new StageLine(
        fetch,
        new PrepareStage(fetch, Sandbox.FEEDS, 1 << 20, Optional.empty()),
        new StageLine.FeedTable(
            feedCache(), new SocketFolder(), PAUSE, new Mirror(CANONICAL, upstream)),
        new ManifestStage(sandbox()),
        new AssembleStage(sandbox()),
        new VerifyStage(),
        new Publisher(new Store(Store.Sent.NOBODY), BACKOFF, Duration.ofSeconds(20)));
  }

  private static Downloader downloader() {
    return new Downloader(Duration.ofSeconds(2), _ -> {});
  }

  @Override
  public void close() {
    Folders.delete(dir);
  }
}
