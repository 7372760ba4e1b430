package dev.wrtfarm.api.lease;

import dev.wrtfarm.api.build.Attempts;
import dev.wrtfarm.api.build.Build;
import dev.wrtfarm.api.build.Builds;
import dev.wrtfarm.api.build.Transition;
import dev.wrtfarm.api.tick.Ticker;
import dev.wrtfarm.api.tick.UnbrokenTicks;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.build.Failure;
import dev.wrtfarm.common.build.FailureReason;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Puts builds whose worker fell silent back into the queue; the third time it ends the build. It
 * does not raise the fence: see {@link Transition}.
 */
@ApplicationScoped
class Reaper {
  private static final Logger LOG = Logger.getLogger(Reaper.class);
  private static final int MOST_LOST_LEASES = 3;
  private static final int BATCH = 50;

  private final Builds builds;
  private final Attempts attempts;
  private final FailedBuilds queue;
  private final UnbrokenTicks ticks;
  private final Ticker ticker;

  Reaper(Builds builds, Attempts attempts, FailedBuilds queue, ReaperConfig config) {
    this.builds = builds;
    this.attempts = attempts;
    this.queue = queue;
    ticks = new UnbrokenTicks(config.unbroken());
    ticker = new Ticker("reaper", config.interval(), this::tick);
  }

  void start(@Observes StartupEvent event) {
    ticker.start();
  }

  void stop(@Observes ShutdownEvent event) {
    ticker.stop();
  }

  private void tick() {
    // Only a tick in which the database answered counts.
    List<String> expired = QuarkusTransaction.requiringNew().call(this::expired);
    if (ticks.tick(System.nanoTime())) {
      expired.forEach(id -> QuarkusTransaction.requiringNew().run(() -> reap(id)));
    }
  }

  private List<String> expired() {
    return builds
        .getSession()
        .createNativeQuery(
            """
            select id from build where state = 'RUNNING' and lease_until < now()
            order by lease_until limit %d
            """
                .formatted(BATCH),
            Object.class)
        .getResultStream()
        .map(String.class::cast)
        .toList();
  }

  private void reap(String id) {
    List<?> still =
        builds
            .getSession()
            .createNativeQuery(
                """
                select id from build where id = :id and state = 'RUNNING' and lease_until < now()
                for update skip locked
                """,
                Object.class)
            .setParameter("id", id)
            .getResultList();
    if (!still.isEmpty()) {
      builds.lock(id).ifPresent(this::reap);
    }
  }

  private void reap(Build build) {
    LOG.warnf(
        "build %s: worker %s fell silent in attempt %d",
        build.id(), build.worker(), build.attempt());
    if (build.lostLeases() + 1 < MOST_LOST_LEASES) {
      queue.reap(build);
      attempts.end(build, "lost", BuildState.QUEUED);
    } else {
      Failure failure =
          new Failure(
              FailureReason.WORKER_LOST,
              "%d workers fell silent while they built this, the last one %s"
                  .formatted(MOST_LOST_LEASES, build.worker()),
              "");
      queue.end(Transition.GIVE_UP, build, failure, null);
      attempts.end(build, "lost", BuildState.FAILED, failure, null);
    }
  }
}
