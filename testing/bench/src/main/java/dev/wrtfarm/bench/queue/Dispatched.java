package dev.wrtfarm.bench.queue;

import dev.wrtfarm.bench.process.BenchFailed;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Ends each build at once, and tells when the worker got it and when it is idle again. */
final class Dispatched implements SimulatedWorker.Work {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private record Arrival(String build, long at) {}

  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final Semaphore idle = new Semaphore(0);

  @Override
  public void build(WorkerCalls calls, WorkerCalls.Held held, long at) {
    arrivals.add(new Arrival(held.claim().build(), at));
    calls.resolved(held);
    calls.complete(held);
  }

  @Override
  public void idle() {
    idle.release();
  }

  /** When the worker had it, and not before it is idle again. */
  long await(String build) {
    try {
      idle.drainPermits();
      while (true) {
        Arrival arrival = arrivals.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
        if (arrival == null) {
          throw new BenchFailed("build %s was not dispatched within %s".formatted(build, LIMIT));
        }
        if (arrival.build().equals(build)) {
          idle.tryAcquire(1, TimeUnit.SECONDS);
          return arrival.at();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailed("stopped", e);
    }
  }
}
