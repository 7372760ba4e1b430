package dev.wrtfarm.worker.farm;

import dev.wrtfarm.common.build.Failure;
import dev.wrtfarm.common.build.Stage;
import dev.wrtfarm.common.recipe.PackageSet;
import dev.wrtfarm.common.worker.BlobOffer;
import dev.wrtfarm.common.worker.BlobsReply;
import dev.wrtfarm.common.worker.BlobsRequest;
import dev.wrtfarm.common.worker.Claim;
import dev.wrtfarm.common.worker.Complete;
import dev.wrtfarm.common.worker.EndReply;
import dev.wrtfarm.common.worker.Fail;
import dev.wrtfarm.common.worker.Heartbeat;
import dev.wrtfarm.common.worker.HeartbeatReply;
import dev.wrtfarm.common.worker.Lease;
import dev.wrtfarm.common.worker.LogChunk;
import dev.wrtfarm.common.worker.Produced;
import dev.wrtfarm.common.worker.Release;
import dev.wrtfarm.common.worker.Resolved;
import dev.wrtfarm.common.worker.ResolvedReply;
import dev.wrtfarm.common.worker.Upload;
import dev.wrtfarm.worker.fetch.ImageBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What a worker says about its build. Heartbeats are tried once, the next one comes soon; the other
 * calls are repeated until they are answered, for only an explicit 409 ends a lease.
 */
public final class LeasedBuild {
  private static final Logger LOG = Logger.getLogger(LeasedBuild.class);

  /** A worker that is told to stop has no more for it. */
  private static final Duration RELEASE = Duration.ofSeconds(2);

  private final FarmCalls calls;
  private final Persistence persistence;
  private final Claim claim;
  private final Lease lease;

  LeasedBuild(FarmCalls calls, Persistence persistence, Claim claim, String nonce) {
    this.calls = calls;
    this.persistence = persistence;
    this.claim = claim;
    this.lease = new Lease(claim.build(), claim.fence(), nonce);
  }

  public Claim claim() {
    return claim;
  }

  public void heartbeat(Stage stage, int percent, String detail)
      throws LeaseLost, FarmUnreachable, InterruptedException {
    Heartbeat beat = new Heartbeat(lease, stage, percent, detail);
    calls.post("heartbeat", beat, HeartbeatReply.class, persistence.brief());
  }

  public ResolvedReply resolved(ImageBuilder builder, PackageSet packages)
      throws LeaseLost, InterruptedException {
    return answered(
        "resolved",
        new Resolved(
            lease,
            builder.archive(),
            builder.uri().toString(),
            builder.sha256().hex(),
            packages.packages()),
        ResolvedReply.class);
  }

  public List<Upload> blobs(List<BlobOffer> offers) throws LeaseLost, InterruptedException {
    return answered("blobs", new BlobsRequest(lease, offers), BlobsReply.class).uploads();
  }

  /** Tried once. */
  public void log(int sequence, String text)
      throws LeaseLost, FarmUnreachable, InterruptedException {
    calls.post("log", new LogChunk(lease, sequence, text), Void.class, persistence.brief());
  }

  public EndReply complete(List<Produced> artifacts, Map<Stage, Long> stageMillis)
      throws LeaseLost, InterruptedException {
    return answered("complete", new Complete(lease, artifacts, stageMillis), EndReply.class);
  }

  public EndReply fail(
      Stage stage, Failure failure, @Nullable Produced log, Map<Stage, Long> stageMillis)
      throws LeaseLost, InterruptedException {
    return answered("fail", new Fail(lease, stage, failure, log, stageMillis), EndReply.class);
  }

  /** Tried once: the worker is going down, and the reaper finds the build anyway. */
  public void release(String why) throws LeaseLost, FarmUnreachable, InterruptedException {
    calls.post("release", new Release(lease, why), EndReply.class, RELEASE);
  }

  private <T> T answered(String name, Object message, Class<T> reply)
      throws LeaseLost, InterruptedException {
    for (int failures = 0; ; failures++) {
      try {
        Optional<T> answer = calls.post(name, message, reply, persistence.patient());
        if (answer.isPresent()) {
          return answer.get();
        }
      } catch (FarmUnreachable e) {
        LOG.debugf("build %s: %s: %s", claim.build(), name, e.getMessage());
      }
      persistence.repeated().accept(name);
      Thread.sleep(persistence.backoff().after(failures));
    }
  }
}
