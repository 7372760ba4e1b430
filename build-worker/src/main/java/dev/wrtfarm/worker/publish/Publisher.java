package dev.wrtfarm.worker.publish;

import dev.wrtfarm.common.build.ArtifactKind;
import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.worker.BlobOffer;
import dev.wrtfarm.common.worker.Produced;
import dev.wrtfarm.common.worker.Upload;
import dev.wrtfarm.worker.attempt.BuildFailed;
import dev.wrtfarm.worker.attempt.Progress;
import dev.wrtfarm.worker.farm.Backoff;
import dev.wrtfarm.worker.farm.LeaseLost;
import dev.wrtfarm.worker.farm.LeasedBuild;
import dev.wrtfarm.worker.log.BuildLog;
import dev.wrtfarm.worker.verify.OutputFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Sends files and ends builds. Everything is on the worker's disk and the lease runs on, so a store
 * or an API that is away for a while costs only that while.
 */
public final class Publisher {
  private final Store store;

  /** A failure is not kept waiting for its log much longer than this. */
  private static final Duration LOG_PATIENCE = Duration.ofSeconds(30);

  private final Backoff backoff;
  private final Duration patience;

  /**
   * @param patience how long the store may be away before the build fails
   */
  public Publisher(Store store, Backoff backoff, Duration patience) {
    this.store = store;
    this.backoff = backoff;
    this.patience = patience;
  }

  /** Sends the files and the log, and reports the build as successful. */
  public void complete(LeasedBuild build, List<OutputFile> files, Path log, Progress progress)
      throws LeaseLost, InterruptedException {
    Map<BlobOffer, Path> blobs = new HashMap<>();
    List<Produced> artifacts = new ArrayList<>();
    List<OutputFile> all = new ArrayList<>(files);
    all.add(new OutputFile(log, ArtifactKind.LOG, null, null));
    for (OutputFile each : all) {
      BlobOffer blob = Digests.of(each.path());
      blobs.put(blob, each.path());
      artifacts.add(produced(each, blob));
    }
    long deadline = Long.MAX_VALUE;
    for (int again = 0; ; again++) {
      send(build, blobs, progress::at, patience);
      List<String> missing = build.complete(artifacts, progress.stageMillis()).sendAgain();
      if (missing.isEmpty()) {
        return;
      }
      if (again == 0) {
        deadline = System.nanoTime() + patience.toNanos();
      } else if (System.nanoTime() > deadline) {
        throw new BuildFailed(
            FailureReason.STORE_FAILED,
            "the object store keeps losing %d files".formatted(missing.size()));
      }
      Thread.sleep(backoff.after(again));
    }
  }

  /** Sends the log of an attempt that failed; its progress stays where it failed. */
  public Produced sendLog(LeasedBuild build, Path log) throws LeaseLost, InterruptedException {
    BlobOffer blob = Digests.of(log);
    send(build, Map.of(blob, log), (percent, detail) -> {}, LOG_PATIENCE);
    return produced(new OutputFile(log, ArtifactKind.LOG, null, null), blob);
  }

  private static Produced produced(OutputFile file, BlobOffer blob) {
    String name = file.kind() == ArtifactKind.LOG ? BuildLog.NAME : file.name();
    return new Produced(
        name, file.kind(), blob.sha256(), blob.size(), file.type(), file.filesystem());
  }

  /** Asks and sends until the store has all of them; each that arrives renews the patience. */
  private void send(
      LeasedBuild build,
      Map<BlobOffer, Path> blobs,
      BiConsumer<Integer, String> progress,
      Duration patience)
      throws LeaseLost, InterruptedException {
    Map<String, Path> byDigest = new HashMap<>();
    blobs.forEach((blob, path) -> byDigest.put(blob.sha256(), path));
    List<BlobOffer> left = new ArrayList<>(blobs.keySet());
    long deadline = System.nanoTime() + patience.toNanos();
    for (int failures = 0; ; failures++) {
      try {
        List<Upload> uploads = build.blobs(left);
        for (int i = 0; i < uploads.size(); i++) {
          Upload each = uploads.get(i);
          progress.accept(
              100 * i / uploads.size(), "sending file %d of %d".formatted(i + 1, uploads.size()));
          Path file = byDigest.get(each.sha256());
          if (file != null) {
            store.put(each, file);
            deadline = System.nanoTime() + patience.toNanos();
            failures = 0;
          }
          left.removeIf(blob -> blob.sha256().equals(each.sha256()));
        }
        return;
      } catch (IOException e) {
        if (System.nanoTime() > deadline) {
          throw new BuildFailed(FailureReason.STORE_FAILED, String.valueOf(e.getMessage()));
        }
        progress.accept(0, "waiting for the object store");
        Thread.sleep(backoff.after(failures));
      }
    }
  }
}
