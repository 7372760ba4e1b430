package dev.wrtfarm.worker.log;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last lines of something long. */
final class Tail {
  private record Line(String text, long size) {}

  // Short lines take far more memory than their text: packages could fill the worker's with them.
  private static final int MOST_LINES = 100_000;

  private final Deque<Line> lines = new ArrayDeque<>();
  private final long limit;
  private long kept;
  private long dropped;

  Tail(long limit) {
    this.limit = limit;
  }

  void add(String text, long size) {
    lines.addLast(new Line(text, size));
    kept += size;
    while (lines.size() > MOST_LINES || (kept > limit && lines.size() > 1)) {
      long gone = lines.removeFirst().size();
      kept -= gone;
      dropped += gone;
    }
  }

  List<String> lines() {
    return lines.stream().map(Line::text).toList();
  }

  /** How much was pushed out. */
  long dropped() {
    return dropped;
  }
}
