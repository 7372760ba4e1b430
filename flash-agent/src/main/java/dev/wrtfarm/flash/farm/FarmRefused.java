package dev.wrtfarm.flash.farm;

/** The farm does not understand this call; the same call again would be refused again. */
public final class FarmRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  public FarmRefused(String said) {
    super(said);
  }
}
