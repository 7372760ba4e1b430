package dev.wrtfarm.common.value;

/** The name of an init script in {@code /etc/init.d}. */
public record ServiceName(String value) implements Comparable<ServiceName> {
  private static final Format FORMAT =
      new Format(
          "service",
          "[A-Za-z0-9][A-Za-z0-9._-]{0,63}",
          "give the name of a script in /etc/init.d, of letters, digits and . _ -");

  public ServiceName {
    FORMAT.check(value);
  }

  @Override
  public int compareTo(ServiceName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
