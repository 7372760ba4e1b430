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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A worker's stages on a folder of their own, fetching from a sample server. */
public final class Workshop implements AutoCloseable {
  private static final URI CANONICAL = URI.create("http://downloads.sample.invalid");
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(20), Duration.ofMillis(200));

  /** What the longest pause between tries is at least. */
  public static final Duration LONG_PAUSE = BACKOFF.longest().dividedBy(2);

  /** No machine is so slow that nothing comes for so long, unless nothing ever comes. */
  private static final Duration STALL = Duration.ofSeconds(30);

  /** Tries that come soon one after the other. */
  public static final Persistence IMPATIENT = new Persistence(BACKOFF, STALL, STALL, _ -> {});

  private static final Limits LIMITS =
      new Limits(Duration.ofMinutes(5), 4L << 30, 1024, 2L << 30, 4L << 30);

  private final Path dir;
  private final URI upstream;
  private final Limits limits;
  private final Duration stall;
  private int attempts;

  public Workshop(URI upstream) throws IOException {
    this(upstream, LIMITS, STALL);
  }

  public Workshop(URI upstream, Limits limits) throws IOException {
    this(upstream, limits, STALL);
  }

  /**
   * @param stall how long a download may stand still
   */
  public Workshop(URI upstream, Duration stall) throws IOException {
    this(upstream, LIMITS, stall);
  }

  private Workshop(URI upstream, Limits limits, Duration stall) throws IOException {
    this.dir = Rights.openFolder();
    this.upstream = upstream;
    this.limits = limits;
    this.stall = stall;
  }

  public Path scratch() {
    return Folders.make(dir.resolve("scratch"));
  }

  /** Whether nothing of any attempt is left. */
  public boolean isTidy() throws IOException {
    try (Stream<Path> left = Files.list(scratch())) {
      return left.findAny().isEmpty();
    }
  }

  /** The command lines of sandboxes that run, whoever their parents are by now. */
  public List<String> sandboxes() {
    return ProcessHandle.allProcesses()
        .map(each -> each.info().commandLine().orElse(""))
        .filter(line -> line.contains(scratch().toString()))
        .toList();
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
        new Publisher(new Store(Store.Sent.NOBODY), BACKOFF, Duration.ofMinutes(1)));
  }

  private Downloader downloader() {
    return new Downloader(stall, _ -> {});
  }

  @Override
  public void close() {
    Folders.delete(dir);
  }
}
