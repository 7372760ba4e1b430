package dev.wrtfarm.bench.queue;

import dev.wrtfarm.bench.figure.Measurements;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjIntConsumer;

/**
 * Submissions at a fixed rate, whether or not those before are answered. Each is timed from the
 * instant at which it was due, so that one that had to wait for its turn counts in full.
 */
final class Submissions {
  private static final int COUNT = 3_300;
  private static final int REFERENCES = 550;
  private static final int PER_SECOND = 55;
  private static final int CALLERS = 16;
  private static final long EVERY = Duration.ofSeconds(1).toNanos() / PER_SECOND;

  private final Api api;
  private int round;

  Submissions(Api api) {
    this.api = api;
  }

  void run(Measurements into, int rounds) {
    Rows rows = new Rows(api.stack());
    for (int i = 0; i < rounds; i++) {
      round++;
      List<byte[]> wishes = new ArrayList<>();
      for (int number = 0; number < COUNT; number++) {
        wishes.add(Caller.wish("submission-%d-%d".formatted(round, number)));
      }
      Latencies bare = paced(REFERENCES, (caller, number) -> caller.ask());
      Latencies submitted = paced(COUNT, (caller, number) -> caller.submit(wishes.get(number)));
      into.time("GET at 55/s, p50", bare.percentile(50));
      into.time("GET at 55/s, p99", bare.percentile(99));
      into.time("submission at 55/s, p50", submitted.percentile(50), "GET at 55/s, p50");
      into.time("submission at 55/s, p99", submitted.percentile(99), "GET at 55/s, p99");
      rows.empty();
    }
  }

  private Latencies paced(int count, ObjIntConsumer<Caller> call) {
    Latencies latencies = new Latencies();
    AtomicInteger next = new AtomicInteger();
    long began = System.nanoTime() + EVERY;
    Workers.time(
        CALLERS,
        caller -> {
          try (Caller own = new Caller(api)) {
            for (int number = next.getAndIncrement();
                number < count;
                number = next.getAndIncrement()) {
              long due = began + number * EVERY;
              sleepUntil(due);
              call.accept(own, number);
              latencies.add(System.nanoTime() - due);
            }
          }
        });
    return latencies;
  }

  private static void sleepUntil(long due) throws InterruptedException {
    long wait = due - System.nanoTime();
    if (wait > 0) {
      Thread.sleep(Duration.ofNanos(wait));
    }
  }
}
