package dev.wrtfarm.api.lease;

import dev.wrtfarm.api.artifact.Blob;
import dev.wrtfarm.api.artifact.Uploads;
import dev.wrtfarm.api.build.Artifacts;
import dev.wrtfarm.api.build.Attempts;
import dev.wrtfarm.api.build.Build;
import dev.wrtfarm.api.build.BuildStates;
import dev.wrtfarm.api.build.StageMillisConverter;
import dev.wrtfarm.api.build.Transition;
import dev.wrtfarm.api.log.LogChunks;
import dev.wrtfarm.common.build.ArtifactKind;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.value.InvalidValue;
import dev.wrtfarm.common.worker.Complete;
import dev.wrtfarm.common.worker.EndReply;
import dev.wrtfarm.common.worker.Produced;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The build succeeded. Its record refers to objects that are whole in the store, and to no others:
 * they are asked about first, outside of the transaction that ends the build.
 */
@ApplicationScoped
public class Completion {
  private final Leases leases;
  private final Attempts attempts;
  private final BuildStates states;
  private final Artifacts artifacts;
  private final Uploads uploads;
  private final LogChunks log;
  private final Event<StagesTimed> timed;

  Completion(
      Leases leases,
      Attempts attempts,
      BuildStates states,
      Artifacts artifacts,
      Uploads uploads,
      LogChunks log,
      Event<StagesTimed> timed) {
    this.leases = leases;
    this.attempts = attempts;
    this.states = states;
    this.artifacts = artifacts;
    this.uploads = uploads;
    this.log = log;
    this.timed = timed;
  }

  public EndReply complete(Complete report) {
    Artifacts.check(report.artifacts());
    Set<String> digests = new TreeSet<>();
    report.artifacts().forEach(each -> digests.add(each.sha256()));
    Set<String> verified = uploads.verified(digests);
    return QuarkusTransaction.requiringNew().call(() -> end(report, digests, verified));
  }

  private EndReply end(Complete report, Set<String> digests, Set<String> verified) {
    Optional<Build> held = leases.lock(report.lease());
    if (held.isEmpty()) {
      return leases
          .endedSo(report.lease(), "succeeded")
          .map(before -> new EndReply(BuildState.SUCCEEDED, List.of()))
          .orElseThrow(() -> leases.refuseEnd(report.lease()));
    }
    Build build = held.get();
    if (build.imageId() == null) {
      throw new InvalidValue("lease.build", build.id(), "report 'resolved' before 'complete'");
    }
    Map<String, Blob> rows = uploads.settle(digests, verified);
    if (!rows.keySet().containsAll(digests)) {
      return new EndReply(
          build.state(), digests.stream().filter(each -> !rows.containsKey(each)).toList());
    }
    states.change(
        Transition.SUCCEED,
        build,
        ", confirmed_at = now(), stage_millis = :millis",
        Map.of("millis", StageMillisConverter.write(report.stageMillis())));
    artifacts.insert(build.id(), report.artifacts(), rows);
    attempts.end(build, "succeeded", BuildState.SUCCEEDED);
    if (report.artifacts().stream().anyMatch(Completion::isLog)) {
      log.drop(build);
    }
    timed.fire(new StagesTimed(report.stageMillis()));
    return new EndReply(BuildState.SUCCEEDED, List.of());
  }

  private static boolean isLog(Produced file) {
    return file.kind() == ArtifactKind.LOG;
  }
}
