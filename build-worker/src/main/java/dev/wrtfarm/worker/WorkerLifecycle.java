package dev.wrtfarm.worker;

import dev.wrtfarm.worker.claim.Dispatch;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Starts to take builds when all of the worker is up, and sees them off before it goes down. At the
 * start event it would be too early: metrics are not gathered yet, and the first claim would not
 * count.
 *
 * <p>A signal drains while all of the worker still runs, so that health and metrics tell about it;
 * the program ends afterwards. Any other way down, such as the end of the parent that holds our
 * standard input, leaves only the time that a shutdown hook has: builds go back at once.
 */
@Singleton
final class WorkerLifecycle implements QuarkusApplication {
  private static final Logger LOG = Logger.getLogger(WorkerLifecycle.class);

  /** For an end in delivery. With what follows it has to fit in the 10 s that a launcher gives. */
  private static final Duration DELIVERY = Duration.ofSeconds(3);

  private final Dispatch dispatch;
  private final Duration patience;

  WorkerLifecycle(Dispatch dispatch, Settings.Worker worker) {
    this.dispatch = dispatch;
    this.patience = worker.drain();
  }

  @Override
  public int run(String... arguments) {
    StopSignals.run(this::drain);
    dispatch.start();
    Quarkus.waitForExit();
    return 0;
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    dispatch.stop(Duration.ZERO, DELIVERY);
  }

  private void drain() {
    LOG.info(
        dispatch.draining()
            ? "told to stop again: what runs goes back to the farm"
            : "told to stop: no more builds are claimed");
    try {
      dispatch.stop(patience, DELIVERY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Quarkus.asyncExit(0);
    }
  }
}
