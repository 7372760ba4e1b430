package dev.wrtfarm.bench.queue;

import dev.wrtfarm.bench.figure.Measurements;
import java.time.Duration;
import java.util.Optional;

/** How many jobs of no work at all the farm gets through: claim, resolved, complete. */
final class Throughput {
  private static final int JOBS = 3_000;
  private static final int PLAIN_JOBS = 6_000;
  private static final String PLAIN = "plain SKIP LOCKED, 8 workers";

  private final Api api;
  private final Rows rows;
  private final PlainQueue plain;

  Throughput(Api api) {
    this.api = api;
    rows = new Rows(api.stack());
    plain = new PlainQueue(rows);
  }

  void run(Measurements into, int rounds) {
    farm();
    for (int round = 0; round < rounds; round++) {
      // Who goes first changes, so that neither always finds the machine warmer.
      double farm = round % 2 == 0 ? farm() : 0;
      into.perSecond(PLAIN, plain.jobsPerSecond(PLAIN_JOBS), null);
      into.perSecond("empty jobs, 8 workers", round % 2 == 0 ? farm : farm(), PLAIN);
    }
    rows.empty();
  }

  private double farm() {
    rows.empty();
    rows.queue("empty", JOBS);
    Duration took = Workers.time(Workers.COUNT, this::work);
    return JOBS / (took.toNanos() / 1e9);
  }

  private void work(int number) {
    try (WorkerCalls calls = new WorkerCalls(api.line(), "empty-" + number)) {
      for (Optional<WorkerCalls.Held> held = calls.claim();
          held.isPresent();
          held = calls.claim()) {
        calls.resolved(held.get());
        calls.complete(held.get());
      }
    }
  }
}
