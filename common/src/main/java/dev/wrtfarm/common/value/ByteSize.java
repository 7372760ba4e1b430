package dev.wrtfarm.common.value;

import java.util.Locale;

/** A number of bytes, shown in binary units: {@code 13.6 MiB}. */
public record ByteSize(long bytes) {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  public ByteSize {
    if (bytes < 0) {
      throw new InvalidValue("size", Long.toString(bytes), "a size is never negative");
    }
  }

  @Override
  public String toString() {
    double shown = bytes;
    int unit = 0;
    while (shown >= 1024 && unit < UNITS.length - 1) {
      shown /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", shown, UNITS[unit]);
  }
}
