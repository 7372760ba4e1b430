package dev.wrtfarm.worker.claim;

import dev.wrtfarm.common.build.FailureClass;
import dev.wrtfarm.common.build.Stage;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Attempts that this host ended before an image was begun, because its disk is full or it cannot
 * start a sandbox. After each the worker claims nothing for a while, longer each time: otherwise
 * one bad host would use up the attempts of every build that waits.
 */
final class Setbacks implements Outcomes {
  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 10;

  private final Outcomes next;
  private final LongSupplier nanoTime;
  private int inARow;
  private long until;

  /**
   * @param next hears everything, too
   */
  Setbacks(Outcomes next, LongSupplier nanoTime) {
    this.next = next;
    this.nanoTime = nanoTime;
    this.until = nanoTime.getAsLong();
  }

  @Override
  public void ended(String outcome, Map<Stage, Long> stageMillis) {
    if (!outcome.equals(Outcomes.failed(FailureClass.INFRASTRUCTURE))) {
      if (stageMillis.containsKey(Stage.MANIFEST)) {
        recovered();
      }
    } else if (stageMillis.containsKey(Stage.ASSEMBLE)) {
      recovered();
    } else {
      another();
    }
    next.ended(outcome, stageMillis);
  }

  /** How long to claim nothing; zero when the host seems well. */
  synchronized Duration pause() {
    return Duration.ofNanos(Math.max(0, until - nanoTime.getAsLong()));
  }

  private synchronized void recovered() {
    inARow = 0;
  }

  /** Those of other slots during a pause have the same cause, and do not prolong it. */
  private synchronized void another() {
    if (pause().isZero()) {
      Duration grown = FIRST.multipliedBy(1L << Math.min(inARow, MOST_DOUBLINGS));
      until = nanoTime.getAsLong() + Math.min(grown.toNanos(), LONGEST.toNanos());
      inARow++;
    }
  }
}
