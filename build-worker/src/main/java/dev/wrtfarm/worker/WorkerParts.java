package dev.wrtfarm.worker;

import dev.wrtfarm.worker.assemble.AssembleStage;
import dev.wrtfarm.worker.claim.Dispatch;
import dev.wrtfarm.worker.claim.Mirror;
import dev.wrtfarm.worker.claim.Slots;
import dev.wrtfarm.worker.claim.SocketFolder;
import dev.wrtfarm.worker.claim.StageLine;
import dev.wrtfarm.worker.claim.WorkerIdentity;
import dev.wrtfarm.worker.download.Downloader;
import dev.wrtfarm.worker.farm.Backoff;
import dev.wrtfarm.worker.farm.Farm;
import dev.wrtfarm.worker.farm.Persistence;
import dev.wrtfarm.worker.feed.FeedCache;
import dev.wrtfarm.worker.fetch.FetchStage;
import dev.wrtfarm.worker.fetch.GoldenTrees;
import dev.wrtfarm.worker.fetch.TrustedKeys;
import dev.wrtfarm.worker.fetch.Upstream;
import dev.wrtfarm.worker.host.Scratch;
import dev.wrtfarm.worker.manifest.ManifestStage;
import dev.wrtfarm.worker.prepare.PrepareStage;
import dev.wrtfarm.worker.publish.Publisher;
import dev.wrtfarm.worker.publish.Store;
import dev.wrtfarm.worker.sandbox.Limits;
import dev.wrtfarm.worker.sandbox.Sandbox;
import dev.wrtfarm.worker.verify.VerifyStage;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the worker together from its configuration. The features themselves know no container. */
final class WorkerParts {
  private static final Duration STALL = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Backoff OF_STORE =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(15));

  private final Settings.Api api;
  private final Settings.Worker worker;
  private final Settings.UpstreamServer upstream;
  private final Settings.Build build;
  private final WorkerMetrics metrics;

  WorkerParts(
      Settings.Api api,
      Settings.Worker worker,
      Settings.UpstreamServer upstream,
      Settings.Build build,
      MeterRegistry registry) {
    this.api = api;
    this.worker = worker;
    this.upstream = upstream;
    this.build = build;
    this.metrics = new WorkerMetrics(registry);
  }

  @Produces
  @Singleton
  Slots slots() {
    Slots slots = new Slots(worker.slots());
    metrics.slots(slots::busy, slots::idle);
    return slots;
  }

  @Produces
  @Singleton
  Sandbox sandbox() {
    return new Sandbox(
        new Limits(
            build.timeout(), build.memory(), build.processes(), build.fileSize(), build.disk()),
        List.of());
  }

  @Produces
  @Singleton
  Scratch scratch() {
    return Scratch.open(worker.data().resolve("scratch"));
  }

  @Produces
  @Singleton
  StageLine line(Sandbox sandbox) {
    Downloader downloader = new Downloader(STALL, metrics.downloads());
    GoldenTrees trees =
        new GoldenTrees(
            worker.data().resolve("trees"), worker.treeCache(), metrics.lookups("trees"));
    metrics.cacheSize("trees", trees::size);
    FeedCache feeds =
        new FeedCache(
            worker.data().resolve("feeds"),
            worker.feedCache(),
            downloader,
            metrics.lookups("feeds"));
    metrics.cacheSize("feeds", feeds::size);
    FetchStage fetch =
        new FetchStage(
            new Upstream(upstream.url(), downloader, PAUSE), new TrustedKeys(keys()), trees);
    return new StageLine(
        fetch,
        new PrepareStage(fetch, Sandbox.FEEDS, build.freeSpace(), build.signingKeys()),
        new StageLine.FeedTable(
            feeds, new SocketFolder(), PAUSE, new Mirror(upstream.canonicalUrl(), upstream.url())),
        new ManifestStage(sandbox),
        new AssembleStage(sandbox),
        new VerifyStage(),
        new Publisher(new Store(metrics.uploads()), OF_STORE, build.publishPatience()));
  }

  @Produces
  @Singleton
  Dispatch dispatch(
      StageLine line,
      Slots slots,
      Scratch scratch,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      @ConfigProperty(name = "wrtfarm.topic-prefix", defaultValue = "wrtfarm") String prefix) {
    WorkerIdentity identity =
        new WorkerIdentity(
            worker.id().orElseGet(WorkerParts::ownName),
            prefix,
            worker.heartbeat(),
            worker.idlePoll());
    Dispatch dispatch =
        Dispatch.of(
            new Farm(api.urls(), api.tokenFile(), Persistence.usual(metrics.repeatedCalls())),
            identity,
            worker.kafka() ? Optional.of(kafka) : Optional.empty(),
            slots,
            line,
            scratch.dir(),
            metrics,
            metrics);
    metrics.hearsOffers(dispatch::hearsOffers);
    metrics.draining(dispatch::draining);
    return dispatch;
  }

  private List<String> keys() {
    List<String> keys = new ArrayList<>(upstream.usignKeys());
    for (Path file : upstream.usignKeyFiles().orElse(List.of())) {
      try {
        keys.add(Files.readString(file));
      } catch (IOException e) {
        throw new UncheckedIOException(
            "wrtfarm.upstream.usign-key-files names %s, which cannot be read".formatted(file), e);
      }
    }
    return keys;
  }

  private static String ownName() {
    try {
      return InetAddress.getLocalHost().getHostName() + "-" + ProcessHandle.current().pid();
    } catch (UnknownHostException e) {
      return "worker-" + ProcessHandle.current().pid();
    }
  }
}
