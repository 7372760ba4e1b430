package dev.wrtfarm.bench.figure;

import java.util.Locale;

/** What a figure counts, and how a person reads it. */
public enum Unit {
  MILLISECONDS {
    @Override
    String text(double value) {
      return value < SECOND
          ? String.format(Locale.ROOT, "%.0f ms", value)
          : String.format(Locale.ROOT, "%.2f s", value / SECOND);
    }
  },
  BYTES {
    @Override
    String text(double value) {
      return String.format(Locale.ROOT, "%.0f MiB", value / MIB);
    }
  };

  private static final double SECOND = 1000;
  private static final double MIB = 1 << 20;

  abstract String text(double value);
}
