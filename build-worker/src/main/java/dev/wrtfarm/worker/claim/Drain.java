package dev.wrtfarm.worker.claim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * How a worker goes down: nothing new starts, what runs may end within a patience, and the rest
 * goes back to the farm, so that another worker need not wait for leases to run out. A build whose
 * end is being reported is worth a little more than the patience.
 */
final class Drain {
  private static final Logger LOG = Logger.getLogger(Drain.class);
  private static final String WHY = "the worker is shutting down";
  private static final Duration DEATH = Duration.ofSeconds(3);

  private final Slots slots;
  private final CompletableFuture<Void> impatience = new CompletableFuture<>();
  private final CountDownLatch done = new CountDownLatch(1);
  private boolean begun;

  Drain(Slots slots) {
    this.slots = slots;
  }

  synchronized boolean begun() {
    return begun;
  }

  /**
   * Returns when nothing runs any more. A second call, from any thread, ends the patience of the
   * first and waits with it.
   *
   * @param patience for builds to end by themselves
   * @param delivery for an end that is being reported when the patience is over
   */
  void run(Duration patience, Duration delivery) throws InterruptedException {
    if (!isFirst()) {
      impatience.complete(null);
      done.await();
      return;
    }
    try {
      if (!patience.isZero() && slots.busy() > 0) {
        LOG.infof("%d builds have %d s to end", slots.busy(), patience.toSeconds());
        await(CompletableFuture.anyOf(slots.empty(), impatience), patience);
      }
      handBack(delivery);
    } finally {
      done.countDown();
    }
  }

  /** Whoever sees that it has begun can rely on it that nothing starts any more. */
  private synchronized boolean isFirst() {
    boolean first = !begun;
    if (first) {
      slots.close();
      begun = true;
    }
    return first;
  }

  private void handBack(Duration delivery) throws InterruptedException {
    List<Thread> all = new ArrayList<>();
    for (BuildRun run : slots.running()) {
      all.add(Thread.ofVirtual().start(() -> run.handBack(WHY, delivery)));
    }
    for (Thread each : all) {
      each.join();
    }
    if (!await(slots.empty(), DEATH)) {
      slots.running().forEach(run -> LOG.warnf("build %s did not end in time", run.id()));
    }
  }

  private static boolean await(CompletableFuture<?> event, Duration atMost)
      throws InterruptedException {
    try {
      event.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("nothing here fails", e);
    }
  }
}
