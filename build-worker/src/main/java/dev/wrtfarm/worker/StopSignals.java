package dev.wrtfarm.worker;

import java.util.List;
import sun.misc.Signal;

/**
 * SIGTERM and SIGINT, taken over from the JVM: its own answer is to end with code 143 once the
 * shutdown hooks are through, to ignore the second signal, and to close the health endpoint first.
 */
final class StopSignals {
  private StopSignals() {}

  /** Runs it at each signal, on a thread of its own. */
  static void run(Runnable stop) {
    for (String name : List.of("TERM", "INT")) {
      Signal.handle(new Signal(name), _ -> stop.run());
    }
  }
}
