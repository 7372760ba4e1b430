package dev.wrtfarm.api.log;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Text in bytes, cut between characters. */
final class Utf8 {
  private static final int LONGEST_CHARACTER = 4;

  private Utf8() {}

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  static String text(byte[] bytes, int length) {
    return new String(bytes, 0, length, UTF_8);
  }

  /** So many of the first bytes, or a few less: those of a character that is not whole. */
  static int whole(byte[] bytes, int most) {
    int length = Math.min(bytes.length, most);
    for (int back = 1; back <= Math.min(LONGEST_CHARACTER, length); back++) {
      int needed = needed(bytes[length - back]);
      if (needed > 0) {
        return needed <= back ? length : length - back;
      }
    }
    return length;
  }

  /** How many bytes the character has that begins with this one; 0 if none begins here. */
  private static int needed(byte first) {
    int ones = Integer.numberOfLeadingZeros(~first << 24);
    return switch (ones) {
      case 1 -> 0;
      case 2, 3, LONGEST_CHARACTER -> ones;
      default -> 1;
    };
  }
}
