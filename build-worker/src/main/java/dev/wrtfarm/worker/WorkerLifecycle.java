package dev.wrtfarm.worker;

import dev.wrtfarm.worker.claim.Dispatch;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Starts to take builds when the worker is up, and gives them back before it goes down. */
@Singleton
final class WorkerLifecycle {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Dispatch dispatch;

  WorkerLifecycle(Dispatch dispatch) {
    this.dispatch = dispatch;
  }

  void start(@Observes StartupEvent event) {
    dispatch.start();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    dispatch.stop(PATIENCE);
  }
}
