package dev.wrtfarm.api.lease;

import dev.wrtfarm.api.build.Attempt;
import dev.wrtfarm.api.build.Attempts;
import dev.wrtfarm.api.build.Build;
import dev.wrtfarm.api.build.BuildStates;
import dev.wrtfarm.api.build.Builds;
import dev.wrtfarm.api.build.Text;
import dev.wrtfarm.api.build.Transition;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.worker.Heartbeat;
import dev.wrtfarm.common.worker.HeartbeatReply;
import dev.wrtfarm.common.worker.Lease;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Optional;

/**
 * The fence alone decides: a worker's call is valid exactly while its fence and secret are the
 * build's, whether or not its time ran out.
 */
@ApplicationScoped
public class Leases {
  private static final int LONGEST_DETAIL = 200;

  private final Builds builds;
  private final Attempts attempts;
  private final BuildStates states;
  private final LeaseConfig config;
  private final Event<StageReached> stages;
  private final Event<EndRefused> refusals;

  Leases(
      Builds builds,
      Attempts attempts,
      BuildStates states,
      LeaseConfig config,
      Event<StageReached> stages,
      Event<EndRefused> refusals) {
    this.builds = builds;
    this.attempts = attempts;
    this.states = states;
    this.config = config;
    this.stages = stages;
    this.refusals = refusals;
  }

  /** Locks the lease's build; empty when the lease is not the build's any more. */
  Optional<Build> lock(Lease lease) {
    return builds
        .lock(lease.build())
        .filter(build -> build.fence() == lease.fence() && build.state().isUnfinished())
        .filter(build -> LeaseSecret.matches(lease.secret(), build.secretSha256()));
  }

  Build lockOrLost(Lease lease) {
    return lock(lease).orElseThrow(() -> new LeaseLost(lease.build()));
  }

  /** The attempt of this lease that ended so already, when a worker tells the same end again. */
  Optional<Attempt> endedSo(Lease lease, String result) {
    return attempts
        .withSecret(LeaseSecret.hash(lease.secret()))
        .filter(each -> each.buildId().equals(lease.build()))
        .filter(each -> each.fence() == lease.fence() && each.result().equals(result));
  }

  /** An end of a worker that lost its build to another one, to a cancel or to a give-up. */
  LeaseLost refuseEnd(Lease lease) {
    refusals.fire(new EndRefused());
    return new LeaseLost(lease.build());
  }

  int seconds() {
    return (int) config.duration().toSeconds();
  }

  /** Keeps the lease; takes a build back that was reaped and that nobody claimed since. */
  @Transactional
  public HeartbeatReply heartbeat(Heartbeat beat) {
    Build build = lockOrLost(beat.lease());
    if (build.state() == BuildState.QUEUED) {
      // It was not lost after all.
      states.change(Transition.TAKE_BACK, build, ", offer_at = null", Map.of());
      attempts.goOn(build);
    }
    builds
        .getSession()
        .createNativeQuery(
            """
            update build set lease_until = now() + make_interval(secs => :seconds),
              stage = :stage, percent = :percent, detail = :detail
            where id = :id and fence = :fence and state = 'RUNNING'
            """)
        .setParameter("seconds", config.duration().toMillis() / 1000.0)
        .setParameter("stage", beat.stage().name())
        .setParameter("percent", Math.clamp(beat.percent(), 0, 100))
        .setParameter("detail", Text.clean(beat.detail(), LONGEST_DETAIL))
        .setParameter("id", build.id())
        .setParameter("fence", build.fence())
        .executeUpdate();
    if (build.stage() != beat.stage()) {
      stages.fire(new StageReached(build.id(), beat.stage()));
    }
    return new HeartbeatReply(seconds());
  }
}
