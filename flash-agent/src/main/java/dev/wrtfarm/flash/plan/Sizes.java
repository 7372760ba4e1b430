package dev.wrtfarm.flash.plan;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them. */
public final class Sizes {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,18})\\s*([KMGT]i?B)?");
  private static final Map<Character, Integer> POWERS = Map.of('K', 1, 'M', 2, 'G', 3, 'T', 4);

  private Sizes() {}

  /**
   * @throws NumberFormatException for anything but {@code 1000}, {@code 64GiB}, {@code 32GB} …
   */
  public static long bytes(String text) {
    Matcher size = SIZE.matcher(text.strip());
    if (!size.matches()) {
      throw new NumberFormatException(text);
    }
    long bytes = Long.parseLong(size.group(1));
    String unit = size.group(2);
    try {
      for (int i = 0; unit != null && i < POWERS.getOrDefault(unit.charAt(0), 0); i++) {
        bytes = Math.multiplyExact(bytes, unit.contains("i") ? 1024L : 1000L);
      }
    } catch (ArithmeticException e) {
      NumberFormatException wrong = new NumberFormatException(text);
      wrong.initCause(e);
      throw wrong;
    }
    return bytes;
  }
}
