package dev.wrtfarm.worker.attempt;

import dev.wrtfarm.common.build.Stage;
import java.util.EnumMap;
import java.util.Map;

/** Where an attempt is. Written by the build's thread, read by its heartbeat. */
public final class Progress {
  private static final int WHOLE = 100;

  private final Map<Stage, Long> millis = new EnumMap<>(Stage.class);
  private Point now = new Point(Stage.FETCH, 0, "");
  private long enteredNanos = System.nanoTime();

  /**
   * One moment of it.
   *
   * @param percent 0 to 100 within the stage
   */
  public record Point(Stage stage, int percent, String detail) {}

  public synchronized void enter(Stage stage) {
    close();
    now = new Point(stage, 0, "");
    enteredNanos = System.nanoTime();
  }

  /** Within the stage; progress never runs backwards. */
  public synchronized void at(int percent, String detail) {
    int bounded = Math.clamp(percent, now.percent(), WHOLE);
    now = new Point(now.stage(), bounded, detail);
  }

  public synchronized Point now() {
    return now;
  }

  /** How long each stage took, the present one included. */
  public synchronized Map<Stage, Long> stageMillis() {
    close();
    return new EnumMap<>(millis);
  }

  private void close() {
    long at = System.nanoTime();
    millis.merge(now.stage(), (at - enteredNanos) / 1_000_000, Long::sum);
    enteredNanos = at;
  }
}
