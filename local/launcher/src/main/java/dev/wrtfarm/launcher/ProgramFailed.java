package dev.wrtfarm.launcher;

/**
 * A program could not be started or did not become ready; the message ends with its last output.
 */
public final class ProgramFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ProgramFailed(String message) {
    super(message);
  }

  ProgramFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
