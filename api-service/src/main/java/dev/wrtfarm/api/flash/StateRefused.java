package dev.wrtfarm.api.flash;

/** What was asked is not possible in the state that the thing has now. */
public final class StateRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StateRefused(String message) {
    super(message);
  }
}
