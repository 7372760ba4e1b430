package dev.wrtfarm.api.tick;

import java.time.Duration;

/**
 * Since when this replica has ticked without a gap. After an outage of the database, or of the
 * replica itself, the workers get the same time to call again as the replica to notice.
 */
public final class UnbrokenTicks {
  private static final Duration GAP = Duration.ofSeconds(30);

  private final long neededNanos;
  private long since;
  private long last;
  private boolean ticked;

  public UnbrokenTicks(Duration needed) {
    neededNanos = needed.toNanos();
  }

  /** Ticks, and tells whether the ticks have been unbroken for long enough. */
  public boolean tick(long nanos) {
    if (!ticked || nanos - last > GAP.toNanos()) {
      since = nanos;
      ticked = true;
    }
    last = nanos;
    return nanos - since >= neededNanos;
  }
}
