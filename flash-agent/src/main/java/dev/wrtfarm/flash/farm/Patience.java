package dev.wrtfarm.flash.farm;

import java.time.Duration;

/**
 * How hard calls try.
 *
 * @param backoff between tries of a call that has to be answered
 * @param brief how long one API may take over a call that comes again soon anyway
 * @param patient how long it may take over any other call, not counting what it waits for work
 * @param heartbeat between two signs of life for a lease
 * @param claimWait how long the farm may let a claim wait for work
 */
public record Patience(
    Backoff backoff, Duration brief, Duration patient, Duration heartbeat, Duration claimWait) {
  public static final Patience USUAL =
      new Patience(
          new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5)),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(20));
}
