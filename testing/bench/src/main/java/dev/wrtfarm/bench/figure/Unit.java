package dev.wrtfarm.bench.figure;

import java.util.Locale;

/** What a figure counts, and how a person reads it. */
public enum Unit {
  MILLISECONDS {
    @Override
    String text(double value) {
      if (value >= SECOND) {
        return String.format(Locale.ROOT, "%.2f s", value / SECOND);
      }
      return String.format(Locale.ROOT, value < FEW ? "%.1f ms" : "%.0f ms", value);
    }
  },
  BYTES {
    @Override
    String text(double value) {
      return String.format(Locale.ROOT, "%.0f MiB", value / MIB);
    }
  },
  PER_SECOND {
    @Override
    String text(double value) {
      return String.format(Locale.ROOT, "%.0f/s", value);
    }
  };

  private static final double SECOND = 1000;
  private static final double FEW = 10;
  private static final double MIB = 1 << 20;

  abstract String text(double value);
}
