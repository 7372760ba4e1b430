package dev.wrtfarm.stack;

import java.util.Map;

/** A server of the stack. */
interface Part {
  /**
   * Returns when the server can be used.
   *
   * @throws StackFailed when it cannot
   */
  void start();

  /** Returns when it has ended; also while or instead of being started. */
  void stop();

  /** What services need to reach it, by the keys of their configuration. */
  Map<String, String> endpoints();
}
