package dev.wrtfarm.flash.agent;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;

/** Waits for what happens in other processes, for much longer than it should take. */
final class Eventually {
  static final Duration LONGEST = Duration.ofSeconds(300);

  private Eventually() {}

  interface Condition {
    boolean holds() throws Exception;
  }

  static void eventually(String what, Condition condition) throws Exception {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        fail("not within %s: %s", LONGEST, what);
      }
      Thread.sleep(20);
    }
  }
}
