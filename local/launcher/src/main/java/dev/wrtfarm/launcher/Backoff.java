package dev.wrtfarm.launcher;

import java.time.Duration;

/**
 * How long to wait before a dead program is started again.
 *
 * @param first the wait after the first death, doubled by each further one
 * @param longest the wait grows no further
 * @param healthy a program that lived this long starts with the first wait anew
 */
public record Backoff(Duration first, Duration longest, Duration healthy) {
  public static final Backoff USUAL =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(1));

  /** The wait after a life of this length, given the wait before it (zero if there was none). */
  Duration after(Duration lived, Duration previous) {
    if (previous.isZero() || lived.compareTo(healthy) >= 0) {
      return first;
    }
    Duration doubled = previous.multipliedBy(2);
    return doubled.compareTo(longest) > 0 ? longest : doubled;
  }
}
