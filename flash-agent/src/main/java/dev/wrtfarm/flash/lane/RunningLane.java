package dev.wrtfarm.flash.lane;

import java.io.IOException;
import java.time.Duration;

/** A lane after its go. What it did is in its folder once it is gone. */
interface RunningLane {
  Heard heard() throws IOException;

  /** Whether its process is gone within that time. */
  boolean awaitGone(Duration longest) throws InterruptedException, IOException;

  /** {@code with exit code 137}; only when it is gone. */
  String howGone();

  /**
   * The last word of the lane.
   *
   * @param nanos when, on {@link System#nanoTime}'s clock
   */
  record Heard(LaneWord word, long nanos) {
    static Heard nothing() {
      return now(LaneWord.progress("", 0, 0));
    }

    static Heard now(LaneWord word) {
      return new Heard(word, System.nanoTime());
    }

    Duration silence() {
      return Duration.ofNanos(System.nanoTime() - nanos);
    }
  }
}
