package dev.wrtfarm.bench.queue;

import dev.wrtfarm.bench.process.BenchFailed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several at once, timed together. */
final class Workers {
  static final int COUNT = 8;

  /** What one of them does; its number counts from 0. */
  interface Task {
    void run(int number) throws Exception;
  }

  private Workers() {}

  /** From the start of all to the end of the last. */
  static Duration time(int count, Task task) {
    List<Future<?>> all = new ArrayList<>();
    long began = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
      for (int i = 0; i < count; i++) {
        int number = i;
        all.add(
            threads.submit(() -> {
              task.run(number);
              return null;
            }));
      }
    }
    long ended = System.nanoTime();
    for (Future<?> each : all) {
      check(each);
    }
    return Duration.ofNanos(ended - began);
  }

  private static void check(Future<?> each) {
    try {
      each.get();
    } catch (ExecutionException e) {
      throw new BenchFailed("a simulated worker failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailed("stopped", e);
    }
  }
}
