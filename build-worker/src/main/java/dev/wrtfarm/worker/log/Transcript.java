package dev.wrtfarm.worker.log;

import java.util.List;
import java.util.stream.Stream;

/** The lines of one run, of both streams, for those who must understand it: first and last ones. */
public final class Transcript {
  private static final int HEAD = 1 << 20;
  private static final int TAIL = 1 << 20;

  private final StringBuilder head = new StringBuilder();
  private final Tail tail = new Tail(TAIL);

  public synchronized void add(String line) {
    if (head.length() + line.length() < HEAD) {
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
