package dev.wrtfarm.worker.farm;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How hard calls try.
 *
 * @param backoff between tries of a call that has to be answered
 * @param brief how long one API may take over a call that comes again soon anyway
 * @param patient how long it may take over any other call
 * @param repeated hears the name of a call each time that it has to be made again
 */
public record Persistence(
    Backoff backoff, Duration brief, Duration patient, Consumer<String> repeated) {

  public static Persistence usual(Consumer<String> repeated) {
    return new Persistence(
        new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(5)),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        repeated);
  }
}
