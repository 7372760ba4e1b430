package dev.wrtfarm.common.value;

/** A package's name without version or removal sign. */
public record PackageName(String value) implements Comparable<PackageName> {
  private static final Format FORMAT =
      new Format(
          "package",
          "[A-Za-z0-9][A-Za-z0-9._+-]{0,99}",
          "a package name begins with a letter or digit and has only letters, digits and . _ + -"
              + " (versions cannot be pinned)");

  public PackageName {
    FORMAT.check(value);
  }

  @Override
  public int compareTo(PackageName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
