package dev.wrtfarm.api.tick;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Runs a task on a thread of its own: at an interval, and sooner when it is woken. */
public final class Ticker {
  private static final Logger LOG = Logger.getLogger(Ticker.class);

  private static final Duration GRACE = Duration.ofSeconds(3);

  private final Semaphore wakes = new Semaphore(0);
  private final Thread thread;
  private volatile boolean stopped;

  public Ticker(String name, Duration interval, Runnable task) {
    thread = Thread.ofVirtual().name(name).unstarted(() -> run(interval, task));
  }

  public void start() {
    thread.start();
  }

  public void wake() {
    wakes.release();
  }

  /** The task that runs may finish, for a while; there is no further one. */
  public void stop() {
    stopped = true;
    wake();
    try {
      thread.join(GRACE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Duration interval, Runnable task) {
    boolean failedBefore = false;
    while (!stopped) {
      try {
        task.run();
        failedBefore = false;
      } catch (RuntimeException e) {
        // The database is away: one line about it is enough.
        if (!failedBefore && !stopped) {
          LOG.warnf("%s: %s", thread.getName(), innermost(e));
        }
        failedBefore = true;
      }
      try {
        if (wakes.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS)) {
          wakes.drainPermits();
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** What went wrong in the end: the layers above it only say that something did. */
  private static String innermost(Throwable thrown) {
    Throwable each = thrown;
    for (Throwable cause = each.getCause(); cause != null; cause = each.getCause()) {
      each = cause;
    }
    return String.valueOf(each.getMessage());
  }
}
