package dev.wrtfarm.common.value;

/** A target and subtarget, for example {@code ath79/nand}. */
public record Target(String value) {
  private static final Format FORMAT =
      new Format(
          "target",
          "[a-z0-9][a-z0-9_-]{0,39}/[a-z0-9][a-z0-9_-]{0,39}",
          "give target and subtarget as in ath79/nand");

  public Target {
    FORMAT.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
