package dev.wrtfarm.flash.farm;

/** The farm said explicitly that this lease is not the job's any more. */
public final class LeaseLost extends Exception {
  private static final long serialVersionUID = 1;

  public LeaseLost(String said) {
    super(said);
  }
}
