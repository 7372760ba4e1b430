package dev.wrtfarm.api.follow;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** What keeps followers from looking, told now and then, however many they are. */
final class Troubles {
  private static final Logger LOG = Logger.getLogger(Troubles.class);
  private static final long PAUSE = Duration.ofMinutes(1).toNanos();

  private final AtomicLong toldAt = new AtomicLong(System.nanoTime() - PAUSE);

  void tell(RuntimeException trouble) {
    long before = toldAt.get();
    long now = System.nanoTime();
    if (now - before >= PAUSE && toldAt.compareAndSet(before, now)) {
      LOG.warnf("followers of builds wait: %s", trouble);
    }
    LOG.debugf(trouble, "a follower's look failed");
  }
}
