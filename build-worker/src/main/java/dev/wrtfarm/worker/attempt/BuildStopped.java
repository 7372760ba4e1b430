package dev.wrtfarm.worker.attempt;

/** The build is no longer this worker's, or the worker is going down; nothing is reported. */
public final class BuildStopped extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BuildStopped(String why) {
    super(why);
  }
}
