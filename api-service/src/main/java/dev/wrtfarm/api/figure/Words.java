package dev.wrtfarm.api.figure;

import java.util.Locale;

/** How a constant is written in a metric's label. */
final class Words {
  private Words() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
