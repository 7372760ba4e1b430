package dev.wrtfarm.stack;

/**
 * How the process ends. A stop that was asked for, by SIGTERM too, is a success; when a part dies
 * by itself the stack ends as a whole, and whoever started it starts it again.
 */
final class StackExit {
  private volatile int code;

  /** Ends the process, in order, with exit code 1. */
  void failed(String what) {
    System.err.println(what);
    code = 1;
    System.exit(code);
  }

  int code() {
    return code;
  }
}
