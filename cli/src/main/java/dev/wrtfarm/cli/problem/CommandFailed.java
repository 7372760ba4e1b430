package dev.wrtfarm.cli.problem;

import org.jspecify.annotations.Nullable;

/** A command cannot do what was asked: what is known, what to do next, and how it ends. */
public final class CommandFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitCode;
  private final @Nullable String hint;

  public CommandFailed(ExitCode exitCode, String message) {
    this(exitCode, message, null);
  }

  public CommandFailed(ExitCode exitCode, String message, @Nullable String hint) {
    this(exitCode.code(), message, hint);
  }

  /** With a code that the other side chose, as a problem's type does. */
  public CommandFailed(int exitCode, String message, @Nullable String hint) {
    super(message);
    this.exitCode = exitCode;
    this.hint = hint;
  }

  public int exitCode() {
    return exitCode;
  }

  public @Nullable String hint() {
    return hint;
  }
}
