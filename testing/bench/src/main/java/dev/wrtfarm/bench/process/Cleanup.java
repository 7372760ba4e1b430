package dev.wrtfarm.bench.process;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a run has opened and must not leave behind. Closed in reverse order, once: at the run's end,
 * or by the shutdown hook when somebody presses Ctrl-C in the middle of it.
 */
public final class Cleanup implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private boolean closing;

  /** Takes charge of the thing; nothing new may begin once the end has come. */
  public synchronized <T extends AutoCloseable> T add(T thing) {
    if (closing) {
      closeQuietly(thing);
      throw new BenchFailed("stopped");
    }
    open.push(thing);
    return thing;
  }

  /** Closes it now, unless that has happened. */
  public synchronized void close(AutoCloseable thing) {
    if (open.remove(thing)) {
      closeQuietly(thing);
    }
  }

  @Override
  public synchronized void close() {
    closing = true;
    while (!open.isEmpty()) {
      closeQuietly(open.pop());
    }
  }

  /** One thing that does not close must not keep the others open. */
  private static void closeQuietly(AutoCloseable thing) {
    try {
      thing.close();
    } catch (Exception e) {
      System.err.println("bench: could not clean up: " + e.getMessage());
    }
  }
}
