package dev.wrtfarm.launcher;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what happens in another process or thread, up to a limit. */
final class Eventually {
  private Eventually() {}

  static void await(String what, Duration limit, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("after " + limit + " still not: " + what);
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
