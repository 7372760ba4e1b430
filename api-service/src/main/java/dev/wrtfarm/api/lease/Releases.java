package dev.wrtfarm.api.lease;

import dev.wrtfarm.api.build.Attempts;
import dev.wrtfarm.api.build.Build;
import dev.wrtfarm.api.build.Text;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.worker.EndReply;
import dev.wrtfarm.common.worker.Release;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** A worker gives a build back unharmed. That is nobody's failure, and costs no attempt. */
@ApplicationScoped
public class Releases {
  private static final Logger LOG = Logger.getLogger(Releases.class);
  private static final int LONGEST_WHY = 200;

  private final Leases leases;
  private final Attempts attempts;
  private final FailedBuilds queue;

  Releases(Leases leases, Attempts attempts, FailedBuilds queue) {
    this.leases = leases;
    this.attempts = attempts;
    this.queue = queue;
  }

  @Transactional
  public EndReply release(Release report) {
    Optional<Build> held = leases.lock(report.lease());
    if (held.isEmpty()) {
      return leases
          .endedSo(report.lease(), "released")
          .map(before -> new EndReply(BuildState.QUEUED, List.of()))
          .orElseThrow(() -> new LeaseLost(report.lease().build()));
    }
    Build build = held.get();
    LOG.infof(
        "build %s: released by %s: %s",
        build.id(),
        build.worker(),
        Text.clean(report.why(), LONGEST_WHY).replaceAll("\\p{Cntrl}", " "));
    queue.release(build);
    attempts.end(build, "released", BuildState.QUEUED);
    return new EndReply(BuildState.QUEUED, List.of());
  }
}
