package dev.wrtfarm.cli.farm;

/** A farm could not be started; the message says which program failed, and its last words. */
public final class StartFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  StartFailed(RuntimeException cause) {
    super(cause.getMessage(), cause);
  }
}
