package dev.wrtfarm.bench.queue;

import dev.wrtfarm.bench.figure.Measurements;
import dev.wrtfarm.bench.process.CpuTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** How many jobs of no work at all the farm gets through: claim, resolved, complete. */
final class Throughput {
  private static final int WAITING = 12_000;

  /**
   * Until the api's code is compiled for good: on a machine that others use, jobs count, not time.
   */
  private static final int WARM_UP_JOBS = 6_000;

  private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(60);
  private static final Duration TIME = Duration.ofSeconds(6);
  private static final Duration PLAIN_TIME = Duration.ofSeconds(3);
  private static final String PLAIN = "plain SKIP LOCKED, 8 workers";
  private static final String PLAIN_CPU = "plain SKIP LOCKED, CPU per job";

  /** Of one run; the load generator's own CPU time is not in it. */
  record Result(int jobs, Duration took, Duration cpu) {
    double perSecond() {
      return jobs / (took.toNanos() / 1e9);
    }

    Duration cpuPerJob() {
      return cpu.dividedBy(Math.max(1, jobs));
    }
  }

  private final Api api;
  private final Rows rows;
  private final PlainQueue plain;

  Throughput(Api api) {
    this.api = api;
    rows = new Rows(api.stack());
    plain = new PlainQueue(rows);
  }

  void run(Measurements into, int rounds) {
    farm(LONGEST_WARM_UP, WARM_UP_JOBS);
    for (int round = 0; round < rounds; round++) {
      // Who goes first changes, so that neither always finds the machine warmer.
      Result first = round % 2 == 0 ? farm(TIME, WAITING) : plain();
      Result second = round % 2 == 0 ? plain() : farm(TIME, WAITING);
      Result farm = round % 2 == 0 ? first : second;
      Result bare = round % 2 == 0 ? second : first;
      into.perSecond(PLAIN, bare.perSecond(), null);
      into.time(PLAIN_CPU, bare.cpuPerJob());
      into.perSecond("empty jobs, 8 workers", farm.perSecond(), PLAIN);
      into.time("empty jobs, CPU per job", farm.cpuPerJob(), PLAIN_CPU);
    }
    rows.empty();
  }

  private Result plain() {
    long stack = api.stack().process().pid();
    plain.fill(WAITING);
    Duration before = CpuTime.of(stack);
    AtomicInteger jobs = new AtomicInteger();
    Duration took = Workers.time(Workers.COUNT, number -> plain.work(number, PLAIN_TIME, jobs));
    return new Result(jobs.get(), took, CpuTime.of(stack).minus(before));
  }

  private Result farm(Duration time, int most) {
    rows.empty();
    rows.queue("empty", WAITING);
    Duration before = cpu();
    AtomicInteger jobs = new AtomicInteger();
    Duration took = Workers.time(Workers.COUNT, number -> work(number, time, most, jobs));
    return new Result(jobs.get(), took, cpu().minus(before));
  }

  private Duration cpu() {
    return CpuTime.of(api.process().pid()).plus(CpuTime.of(api.stack().process().pid()));
  }

  private void work(int number, Duration time, int most, AtomicInteger jobs) {
    long end = System.nanoTime() + time.toNanos();
    try (WorkerCalls calls = new WorkerCalls(api.line(), "empty-" + number)) {
      while (System.nanoTime() < end && jobs.get() < most) {
        Optional<WorkerCalls.Held> held = calls.claim();
        if (held.isEmpty()) {
          return;
        }
        calls.resolved(held.get());
        calls.complete(held.get());
        jobs.incrementAndGet();
      }
    }
  }
}
