package dev.wrtfarm.system.cluster;

import dev.wrtfarm.system.FarmClient;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Asks again and again, up to a deadline: no test sleeps for correctness. */
public final class Eventually {
  private Eventually() {}

  public static void holds(String what, Duration limit, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not within %d s: %s".formatted(limit.toSeconds(), what));
      }
      FarmClient.pause();
    }
  }
}
