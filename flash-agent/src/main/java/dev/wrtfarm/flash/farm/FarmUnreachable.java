package dev.wrtfarm.flash.farm;

/** No API answered usefully; it says nothing about the lease. */
public final class FarmUnreachable extends Exception {
  private static final long serialVersionUID = 1;

  public FarmUnreachable(String why) {
    super(why);
  }
}
