package dev.wrtfarm.common.value;

/** The name by which an Image Builder knows a device ({@code make image PROFILE=…}). */
public record ProfileName(String value) {
  private static final Format FORMAT =
      new Format(
          "profile",
          "[A-Za-z0-9][A-Za-z0-9._,+-]{0,99}",
          "give one Image Builder profile, of letters, digits and . _ , + -");

  public ProfileName {
    FORMAT.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
