package dev.wrtfarm.bench.queue;

import java.time.Duration;
import java.util.Arrays;

/** Times of one round, from which come its percentiles. Filled by one thread at a time. */
final class Latencies {
  private long[] nanos = new long[256];
  private int count;

  synchronized void add(long took) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count] = took;
    count++;
  }

  /** The smallest that so many of a hundred do not exceed. */
  synchronized Duration percentile(int percent) {
    if (count == 0) {
      throw new IllegalStateException("nothing was measured");
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    int rank = Math.max(1, (int) Math.ceil(count * percent / 100.0));
    return Duration.ofNanos(sorted[rank - 1]);
  }
}
