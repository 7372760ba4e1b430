package dev.wrtfarm.stack;

/** A part cannot run; the message says which and why. */
final class StackFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StackFailed(String message) {
    super(message);
  }

  StackFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
