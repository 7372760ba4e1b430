package dev.wrtfarm.api.rest;

import dev.wrtfarm.common.value.InvalidValue;
import org.jspecify.annotations.Nullable;

/** How much of a list is shown. */
final class Limits {
  private static final int USUAL = 50;
  private static final int MOST = 200;

  private Limits() {}

  static int list(@Nullable String text) {
    if (text == null) {
      return USUAL;
    }
    if (text.matches("\\d{1,3}")) {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    }
    throw new InvalidValue("limit", text, "give 1 to " + MOST);
  }
}
