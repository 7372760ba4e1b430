package dev.wrtfarm.worker.fetch;

import dev.wrtfarm.common.value.InvalidValue;
import java.util.Base64;

/** The two-line files of usign: a comment, then base64. */
final class UsignText {
  private static final String COMMENT = "untrusted comment:";

  private UsignText() {}

  static byte[] decode(String field, String text, int length) {
    String line =
        text.lines()
            .map(String::strip)
            .filter(each -> !each.isEmpty() && !each.startsWith(COMMENT))
            .findFirst()
            .orElse("");
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(line);
    } catch (IllegalArgumentException e) {
      throw new InvalidValue(field, line, "it is not base64");
    }
    if (bytes.length != length || bytes[0] != 'E' || bytes[1] != 'd') {
      throw new InvalidValue(field, line, "it is not a usign Ed25519 file of its kind");
    }
    return bytes;
  }
}
