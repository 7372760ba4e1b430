package dev.wrtfarm.worker.log;

import java.util.List;
import java.util.stream.Stream;

/** The lines of one run, of both streams, for those who must understand it: first and last ones. */
public final class Transcript {
  private static final int HEAD = 1 << 20;
  private static final int TAIL = 1 << 20;
  // What packages print is searched for patterns, whose cost grows with the length of lines.
  private static final int LONGEST_LINE = 2_000;

  private final StringBuilder head = new StringBuilder();
  private final Tail tail = new Tail(TAIL);
  private boolean headFull;

  public synchronized void add(String whole) {
    String line = whole.length() > LONGEST_LINE ? whole.substring(0, LONGEST_LINE) : whole;
    headFull |= head.length() + line.length() >= HEAD;
    if (!headFull) {
      head.append(line).append('\n');
    } else {
      tail.add(line + "\n", line.length() + 1L);
    }
  }

  public synchronized String text() {
    return head + String.join("", tail.lines());
  }

  /** The last lines. */
  public String last(int count) {
    List<String> lines = text().lines().toList();
    Stream<String> last = lines.stream().skip(Math.max(0, lines.size() - count));
    return String.join("\n", last.toList());
  }
}
