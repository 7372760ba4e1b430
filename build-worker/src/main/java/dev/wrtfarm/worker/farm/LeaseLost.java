package dev.wrtfarm.worker.farm;

/** The farm said explicitly that the build is no longer this worker's. */
public final class LeaseLost extends Exception {
  private static final long serialVersionUID = 1;

  public LeaseLost(String said) {
    super(said);
  }
}
