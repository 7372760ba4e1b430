package dev.wrtfarm.flash.farm;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Growing pauses with jitter: at the n-th try in a row between half and all of first × 2^n. */
public record Backoff(Duration first, Duration longest) {
  public Duration after(int failures) {
    long grown = first.toMillis() << Math.min(failures, 20);
    long bounded = Math.clamp(grown, 1, longest.toMillis());
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(bounded / 2, bounded + 1));
  }
}
