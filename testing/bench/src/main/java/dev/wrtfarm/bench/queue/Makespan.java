package dev.wrtfarm.bench.queue;

import dev.wrtfarm.bench.figure.Measurements;
import dev.wrtfarm.bench.process.BenchFailed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Short and long jobs mixed: whether a long one holds up what is behind it. A job is a sleep; the
 * first of each thirteen is a hundred times longer.
 */
final class Makespan {
  private static final int JOBS = 200;
  private static final int EVERY = 13;
  private static final int LONG_JOBS = 15;
  private static final Duration SHORT = Duration.ofMillis(40);
  private static final Duration LONG = SHORT.multipliedBy(100);
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String IDEAL = "mixed load, ideal";

  private final Api api;
  private int round;

  Makespan(Api api) {
    this.api = api;
  }

  void run(Measurements into, int rounds) {
    Jobs jobs = new Jobs();
    List<SimulatedWorker> workers = new ArrayList<>();
    try (Caller caller = new Caller(api)) {
      for (int i = 0; i < Workers.COUNT; i++) {
        workers.add(SimulatedWorker.start(api, "mixed-" + i, true, jobs));
      }
      for (int i = 0; i < rounds; i++) {
        into.time(IDEAL, ideal());
        into.time("mixed load, in order without any cost", inOrder(), IDEAL);
        into.time("mixed load, makespan", once(caller, jobs), IDEAL);
        workers.forEach(SimulatedWorker::check);
      }
    } finally {
      workers.parallelStream().forEach(SimulatedWorker::close);
    }
  }

  /** From the first submission to the last worker's answer that its job is complete. */
  private Duration once(Caller caller, Jobs jobs) {
    round++;
    List<byte[]> wishes = new ArrayList<>();
    for (int i = 0; i < JOBS; i++) {
      wishes.add(Caller.wish("%s-%d-%d".formatted(isLong(i) ? "long" : "short", round, i)));
    }
    CountDownLatch ended = new CountDownLatch(JOBS);
    jobs.ended = ended;
    long began = System.nanoTime();
    wishes.forEach(caller::submit);
    try {
      if (!ended.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new BenchFailed("the mixed load did not end within " + LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailed("stopped", e);
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private static boolean isLong(int job) {
    return job % EVERY == 0 && job < LONG_JOBS * EVERY;
  }

  private static Duration length(int job) {
    return isLong(job) ? LONG : SHORT;
  }

  /** All work, divided among the workers. */
  static Duration ideal() {
    Duration all = Duration.ZERO;
    for (int job = 0; job < JOBS; job++) {
      all = all.plus(length(job));
    }
    return all.dividedBy(Workers.COUNT);
  }

  /** What is possible when nobody knows how long a job is: each to the worker free first. */
  static Duration inOrder() {
    PriorityQueue<Duration> free = new PriorityQueue<>();
    for (int worker = 0; worker < Workers.COUNT; worker++) {
      free.add(Duration.ZERO);
    }
    Duration last = Duration.ZERO;
    for (int job = 0; job < JOBS; job++) {
      Duration end = free.remove().plus(length(job));
      free.add(end);
      last = end.compareTo(last) > 0 ? end : last;
    }
    return last;
  }

  /** Sleeps as long as the build's recipe says. */
  private static final class Jobs implements SimulatedWorker.Work {
    volatile CountDownLatch ended = new CountDownLatch(0);

    @Override
    public void build(WorkerCalls calls, WorkerCalls.Held held, long at)
        throws InterruptedException {
      calls.resolved(held);
      String service = Recipes.service(held.claim().recipe());
      Thread.sleep(service.startsWith("long") ? LONG : SHORT);
      calls.complete(held);
      ended.countDown();
    }

    @Override
    public void idle() {}
  }
}
