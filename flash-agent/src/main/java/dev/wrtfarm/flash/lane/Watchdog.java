package dev.wrtfarm.flash.lane;

import java.time.Duration;

/**
 * How long a card may be silent. A request that hangs in the kernel cannot be taken back, not even
 * by killing its process, so all that can be done is to say so.
 */
public record Watchdog(Duration warn, Duration slow, Duration dead) {
  public static final Watchdog USUAL =
      new Watchdog(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(120));

  enum Finding {
    FINE,
    WARN,
    SLOW,
    DEAD
  }

  Finding after(Duration silence) {
    if (silence.compareTo(dead) >= 0) {
      return Finding.DEAD;
    }
    if (silence.compareTo(slow) >= 0) {
      return Finding.SLOW;
    }
    return silence.compareTo(warn) >= 0 ? Finding.WARN : Finding.FINE;
  }

  /** For a person who waits. */
  String words(Duration silence) {
    return switch (after(silence)) {
      case FINE -> "";
      case WARN -> "the card has not answered for %d s".formatted(silence.toSeconds());
      case SLOW ->
          "the card has not answered for %d s: it may be failing".formatted(silence.toSeconds());
      case DEAD -> "the card has not answered for %d s: take it out".formatted(silence.toSeconds());
    };
  }
}
