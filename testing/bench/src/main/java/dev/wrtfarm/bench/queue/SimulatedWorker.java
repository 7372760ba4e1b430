package dev.wrtfarm.bench.queue;

import dev.wrtfarm.bench.process.BenchFailed;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A worker with one slot that dispatches as a real one does: an offer makes it ask, a claim that
 * brought a build is followed by another, and when nothing came for a while it asks by itself.
 */
final class SimulatedWorker implements AutoCloseable {
  static final Duration IDLE_POLL = Duration.ofSeconds(5);
  private static final Duration STOPS = Duration.ofSeconds(10);

  /** What it does with a build, and whom it tells. */
  interface Work {
    /** It has the build since this instant of {@link System#nanoTime()}. */
    void build(WorkerCalls calls, WorkerCalls.Held held, long at) throws InterruptedException;

    /** It was told that nothing waits. */
    void idle();
  }

  private final WorkerCalls calls;
  private final @Nullable Offers offers;
  private final Work work;
  private final Thread thread;
  private long askAt = System.nanoTime();
  private volatile boolean stopping;
  private volatile @Nullable Throwable failure;

  private SimulatedWorker(WorkerCalls calls, @Nullable Offers offers, String name, Work work) {
    this.calls = calls;
    this.offers = offers;
    this.work = work;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  /**
   * @param kafka whether it takes offers, or only asks by itself
   */
  static SimulatedWorker start(Api api, String name, boolean kafka, Work work) {
    SimulatedWorker worker =
        new SimulatedWorker(
            new WorkerCalls(api.line(), name),
            kafka ? new Offers(api.stack(), name) : null,
            name,
            work);
    worker.thread.start();
    return worker;
  }

  private void run() {
    try {
      while (!stopping) {
        step();
      }
    } catch (RuntimeException | InterruptedException e) {
      failure = stopping ? null : e;
    } finally {
      if (offers != null) {
        offers.close();
      }
      calls.close();
    }
  }

  private void step() throws InterruptedException {
    long wait = askAt - System.nanoTime();
    if (wait > 0 && !offered(Duration.ofNanos(wait).plusMillis(1))) {
      return;
    }
    Optional<WorkerCalls.Held> held = calls.claim();
    long at = System.nanoTime();
    if (wait > 0 && offers != null) {
      offers.accept();
    }
    if (held.isPresent()) {
      work.build(calls, held.get(), at);
      askAt = System.nanoTime();
    } else {
      askAt = at + jittered(IDLE_POLL.toNanos());
      work.idle();
    }
  }

  /** Between three quarters and all of it. */
  private static long jittered(long nanos) {
    return nanos - ThreadLocalRandom.current().nextLong(nanos / 4);
  }

  private boolean offered(Duration atMost) throws InterruptedException {
    if (offers != null) {
      return offers.await(atMost);
    }
    Thread.sleep(atMost);
    return false;
  }

  /** Fails when the worker did. */
  void check() {
    Throwable thrown = failure;
    if (thrown != null) {
      throw new BenchFailed("%s failed: %s".formatted(thread.getName(), thrown), thrown);
    }
  }

  @Override
  public void close() {
    stopping = true;
    if (offers != null) {
      offers.wake();
    } else {
      thread.interrupt();
    }
    try {
      thread.join(STOPS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
