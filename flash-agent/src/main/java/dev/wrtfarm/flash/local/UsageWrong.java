package dev.wrtfarm.flash.local;

/** A command line that cannot be followed. */
final class UsageWrong extends Exception {
  private static final long serialVersionUID = 1L;

  UsageWrong(String message) {
    super(message);
  }
}
