package dev.wrtfarm.api.lease;

import dev.wrtfarm.api.artifact.Blob;
import dev.wrtfarm.api.artifact.StoreUnavailable;
import dev.wrtfarm.api.artifact.Uploads;
import dev.wrtfarm.api.build.Artifacts;
import dev.wrtfarm.api.build.Attempt;
import dev.wrtfarm.api.build.Attempts;
import dev.wrtfarm.api.build.Build;
import dev.wrtfarm.api.build.StageMillisConverter;
import dev.wrtfarm.api.build.Transition;
import dev.wrtfarm.api.log.LogChunks;
import dev.wrtfarm.common.build.ArtifactKind;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.build.Failure;
import dev.wrtfarm.common.build.FailureClass;
import dev.wrtfarm.common.worker.EndReply;
import dev.wrtfarm.common.worker.Fail;
import dev.wrtfarm.common.worker.Produced;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An attempt failed: the request's own fault is final, anything else is tried again. */
@ApplicationScoped
public class Failing {
  static final int MOST_ATTEMPTS = 3;

  private final Leases leases;
  private final Attempts attempts;
  private final FailedBuilds ends;
  private final Artifacts artifacts;
  private final Uploads uploads;
  private final LogChunks log;
  private final Event<StagesTimed> timed;

  Failing(
      Leases leases,
      Attempts attempts,
      FailedBuilds ends,
      Artifacts artifacts,
      Uploads uploads,
      LogChunks log,
      Event<StagesTimed> timed) {
    this.leases = leases;
    this.attempts = attempts;
    this.ends = ends;
    this.artifacts = artifacts;
    this.uploads = uploads;
    this.log = log;
    this.timed = timed;
  }

  public EndReply fail(Fail report) {
    Produced sent = report.log();
    List<Produced> files = sent == null ? List.of() : List.of(sent);
    Artifacts.check(files);
    Set<String> digests = sent == null ? Set.of() : Set.of(sent.sha256());
    Set<String> verified = verified(digests);
    return QuarkusTransaction.requiringNew().call(() -> end(report, files, digests, verified));
  }

  /**
   * A failure does not wait for the store: the worker is asked for its log again, or does without.
   */
  private Set<String> verified(Set<String> digests) {
    if (digests.isEmpty()) {
      return Set.of();
    }
    try {
      return uploads.verified(digests);
    } catch (StoreUnavailable e) {
      return Set.of();
    }
  }

  private EndReply end(
      Fail report, List<Produced> files, Set<String> digests, Set<String> verified) {
    Optional<Build> held = leases.lock(report.lease());
    if (held.isEmpty()) {
      return before(report);
    }
    Build build = held.get();
    Map<String, Blob> rows = uploads.settle(digests, verified);
    if (!rows.keySet().containsAll(digests)) {
      return new EndReply(build.state(), List.copyOf(digests));
    }
    Failure failure = report.failure();
    boolean isFinal =
        failure.reason().failureClass() == FailureClass.USER
            || build.failedAttempts() + 1 >= MOST_ATTEMPTS;
    BuildState after;
    if (isFinal) {
      ends.end(Transition.FAIL, build, failure, StageMillisConverter.write(report.stageMillis()));
      artifacts.insert(build.id(), files, rows);
      after = BuildState.FAILED;
    } else {
      ends.retry(build);
      artifacts.insert(build.id(), ofAttempt(build.attempt(), files), rows);
      after = BuildState.QUEUED;
    }
    String logBlob = rows.values().stream().map(Blob::id).findFirst().orElse(null);
    attempts.end(build, "failed", after, failure, logBlob);
    if (logBlob != null) {
      log.drop(build);
    }
    timed.fire(new StagesTimed(report.stageMillis()));
    return new EndReply(after, List.of());
  }

  /** The build's own log is still to come: this one is kept under the attempt's name. */
  private static List<Produced> ofAttempt(int attempt, List<Produced> files) {
    return files.stream()
        .map(file ->
            new Produced(
                "attempt-%d.log".formatted(attempt),
                ArtifactKind.OTHER,
                file.sha256(),
                file.size(),
                null,
                null))
        .toList();
  }

  private EndReply before(Fail report) {
    return leases
        .endedSo(report.lease(), "failed")
        .map(Attempt::answered)
        .map(state -> new EndReply(state, List.of()))
        .orElseThrow(() -> leases.refuseEnd(report.lease()));
  }
}
