package dev.wrtfarm.flash.farm;

/** The farm said explicitly that the job's state does not allow this change. */
public final class StateRefused extends Exception {
  private static final long serialVersionUID = 1;

  public StateRefused(String said) {
    super(said);
  }
}
