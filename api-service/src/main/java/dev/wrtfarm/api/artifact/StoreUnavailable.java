package dev.wrtfarm.api.artifact;

/** The object store did not answer, or not as it should. */
public final class StoreUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreUnavailable(String what, Throwable cause) {
    super("the object store could not " + what + ": " + cause.getMessage(), cause);
  }
}
