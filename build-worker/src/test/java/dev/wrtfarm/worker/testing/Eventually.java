package dev.wrtfarm.worker.testing;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Polls with a deadline. */
public final class Eventually {
  private Eventually() {}

  public static void holds(String what, Duration deadline, Callable<Boolean> condition)
      throws Exception {
    long end = System.nanoTime() + deadline.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + deadline + ": " + what);
      }
      Thread.sleep(20);
    }
  }
}
