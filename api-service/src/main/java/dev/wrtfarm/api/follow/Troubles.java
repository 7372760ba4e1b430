package dev.wrtfarm.api.follow;

import dev.wrtfarm.api.artifact.StoreUnavailable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** What keeps followers from looking, seen and told once for all of them. */
final class Troubles {
  private static final Logger LOG = Logger.getLogger(Troubles.class);
  private static final long BETWEEN_LINES = Duration.ofMinutes(1).toNanos();
  private static final long REST = Duration.ofSeconds(1).toNanos();

  private final AtomicLong toldAt = new AtomicLong(System.nanoTime() - BETWEEN_LINES);
  private volatile long restUntil = System.nanoTime();

  /**
   * The database is away, so nobody need wait for it in vain just now: a thousand followers would
   * take turns at that for long.
   */
  boolean isTimeToRest() {
    return restUntil - System.nanoTime() > 0;
  }

  void seen(RuntimeException trouble) {
    long before = toldAt.get();
    long now = System.nanoTime();
    if (!(trouble instanceof StoreUnavailable)) {
      restUntil = now + REST;
    }
    if (now - before >= BETWEEN_LINES && toldAt.compareAndSet(before, now)) {
      LOG.warnf("followers of builds have to wait: %s", trouble);
    }
    LOG.debugf(trouble, "a follower's look failed");
  }
}
