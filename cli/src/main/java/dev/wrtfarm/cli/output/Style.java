package dev.wrtfarm.cli.output;

/** How a word stands out on a terminal. */
public enum Style {
  STRONG("1"),
  FAINT("2"),
  GOOD("32"),
  WARNING("33"),
  BAD("1;31");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  String apply(String text, boolean colours) {
    return colours ? "\033[" + code + "m" + text + "\033[0m" : text;
  }
}
