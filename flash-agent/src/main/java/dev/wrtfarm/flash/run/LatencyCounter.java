package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.FlashReport.Latency;

/**
 * Counts how long writes took: sixteen classes for each power of two of microseconds, so a
 * percentile is right to about 6 %, in a few kilobytes for any number of writes.
 */
final class LatencyCounter {
  private static final int PARTS = 16;
  private static final int PART_BITS = 4;

  private final long[] classes = new long[64 * PARTS];
  private long count;
  private long max;

  void add(long micros) {
    classes[index(Math.max(micros, 0))]++;
    count++;
    max = Math.max(max, micros);
  }

  Latency latency() {
    return count == 0 ? Latency.NONE : new Latency(percentile(0.50), percentile(0.99), max);
  }

  private long percentile(double share) {
    long wanted = (long) Math.ceil(count * share);
    long seen = 0;
    for (int i = 0; i < classes.length; i++) {
      seen += classes[i];
      if (seen >= wanted) {
        return Math.min(highest(i), max);
      }
    }
    return max;
  }

  private static int index(long micros) {
    if (micros < PARTS) {
      return (int) micros;
    }
    int power = 63 - Long.numberOfLeadingZeros(micros);
    int part = (int) (micros >>> (power - PART_BITS)) & (PARTS - 1);
    return (power - PART_BITS + 1) * PARTS + part;
  }

  private static long highest(int index) {
    if (index < PARTS) {
      return index;
    }
    int power = index / PARTS - 1 + PART_BITS;
    long part = index % PARTS;
    return ((PARTS + part + 1) << (power - PART_BITS)) - 1;
  }
}
