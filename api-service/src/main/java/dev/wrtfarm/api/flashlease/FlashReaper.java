package dev.wrtfarm.api.flashlease;

import dev.wrtfarm.api.flash.FlashJob;
import dev.wrtfarm.api.flash.FlashJobs;
import dev.wrtfarm.api.flash.FlashStates;
import dev.wrtfarm.api.flash.FlashTransition;
import dev.wrtfarm.api.tick.Ticker;
import dev.wrtfarm.api.tick.UnbrokenTicks;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Looks after jobs whose agent fell silent and plans that nobody used. What had the farm's word to
 * write may be writing still: such a job keeps its card, its fence and its secret, and needs
 * somebody to look.
 */
@ApplicationScoped
class FlashReaper {
  private static final Logger LOG = Logger.getLogger(FlashReaper.class);
  private static final int BATCH = 50;

  private static final String SILENT = "lease_until < now()";
  private static final String PLAN_OVER =
      "state in ('PLANNED', 'CONFIRMED') and plan_until < now()";
  private static final String FORGOTTEN =
      "state = 'REQUESTED' and lease_until is null"
          + " and created_at < now() - make_interval(secs => %d)";

  private final FlashJobs jobs;
  private final FlashStates states;
  private final FlashLeaseConfig config;
  private final UnbrokenTicks ticks;
  private final Ticker ticker;

  FlashReaper(
      FlashJobs jobs,
      FlashStates states,
      FlashLeaseConfig config,
      @ConfigProperty(name = "wrtfarm.reaper.interval") Duration interval,
      @ConfigProperty(name = "wrtfarm.reaper.unbroken") Duration unbroken) {
    this.jobs = jobs;
    this.states = states;
    this.config = config;
    ticks = new UnbrokenTicks(unbroken);
    ticker = new Ticker("flash-reaper", interval, this::tick);
  }

  void start(@Observes StartupEvent event) {
    ticker.start();
  }

  void stop(@Observes ShutdownEvent event) {
    ticker.stop();
  }

  private void tick() {
    // Only a tick in which the database answered counts.
    List<String> silent = find(SILENT);
    if (ticks.tick(System.nanoTime())) {
      silent.forEach(id -> each(id, SILENT, this::reap));
    }
    find(PLAN_OVER)
        .forEach(id ->
            each(id, PLAN_OVER, job -> expire(job, "nobody confirmed and began its plan in time")));
    String forgotten = FORGOTTEN.formatted(config.patience().toSeconds());
    find(forgotten)
        .forEach(
            id -> each(id, forgotten, job -> expire(job, "its slot did not become free in time")));
  }

  private List<String> find(String condition) {
    return QuarkusTransaction.requiringNew()
        .call(() ->
            jobs.getSession()
                .createNativeQuery(
                    "select id from flash_job where %s order by seq limit %d"
                        .formatted(condition, BATCH),
                    String.class)
                .getResultList());
  }

  private interface Change {
    void of(FlashJob job);
  }

  /** Under the row's lock, if the condition still holds then. */
  private void each(String id, String condition, Change change) {
    QuarkusTransaction.requiringNew()
        .run(() -> {
          boolean still =
              !jobs.getSession()
                  .createNativeQuery(
                      "select id from flash_job where id = :id and %s for update skip locked"
                          .formatted(condition),
                      String.class)
                  .setParameter("id", id)
                  .getResultList()
                  .isEmpty();
          if (still) {
            jobs.lock(id).ifPresent(change::of);
          }
        });
  }

  private void reap(FlashJob job) {
    LOG.warnf("flash job %s: the agent of %s fell silent in %s", job.id(), job.host(), job.state());
    switch (job.state()) {
      case REQUESTED -> states.change(FlashTransition.REAP_PLAN, job);
      case CONFIRMED -> states.change(FlashTransition.REAP_EXECUTE, job);
      default ->
          states.change(
              FlashTransition.LOSE,
              job,
              ", lost_at = now(), reason = :reason",
              Map.of(
                  "reason",
                  "the agent of %s fell silent in %s: nobody knows what is on the card"
                      .formatted(job.host(), job.state())));
    }
  }

  private void expire(FlashJob job, String why) {
    states.change(FlashTransition.EXPIRE, job, ", reason = :reason", Map.of("reason", why));
  }
}
