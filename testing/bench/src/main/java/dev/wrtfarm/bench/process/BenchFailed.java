package dev.wrtfarm.bench.process;

/** Something to measure did not do its work; the message says what, and what it said itself. */
public final class BenchFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BenchFailed(String message) {
    super(message);
  }

  public BenchFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
