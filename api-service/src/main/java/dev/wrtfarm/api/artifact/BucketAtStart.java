package dev.wrtfarm.api.artifact;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes the bucket in the background: the service starts while the store is away. */
@ApplicationScoped
class BucketAtStart {
  private static final Logger LOG = Logger.getLogger(BucketAtStart.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final ObjectStore store;
  private @Nullable Thread thread;

  BucketAtStart(ObjectStore store) {
    this.store = store;
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofVirtual().name("bucket-at-start").start(this::untilDone);
  }

  void stop(@Observes ShutdownEvent event) {
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void untilDone() {
    boolean told = false;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        store.makeBucketIfMissing();
        return;
      } catch (StoreUnavailable e) {
        if (!told) {
          LOG.warnf("%s; trying again every %s s", e.getMessage(), PAUSE.toSeconds());
          told = true;
        }
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
