package dev.wrtfarm.cli.output;

import java.time.Duration;
import java.util.Locale;

/** Durations for a person: {@code 0.4 s}, {@code 12 s}, {@code 3 min 5 s}, {@code 2 h 10 min}. */
public final class Spent {
  private Spent() {}

  public static String text(Duration duration) {
    long seconds = duration.toSeconds();
    if (duration.toMillis() < 9_950) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    if (seconds < 86_400) {
      return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
    return seconds / 86_400 + " d " + seconds % 86_400 / 3600 + " h";
  }
}
