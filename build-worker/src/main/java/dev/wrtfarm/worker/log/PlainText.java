package dev.wrtfarm.worker.log;

import java.util.regex.Pattern;

/**
 * A line as a person may read it on any terminal: no escape sequences, no control characters, and
 * no half of a surrogate pair, which a long line may be cut into.
 */
final class PlainText {
  private static final int LONGEST_LINE = 8_000;
  private static final Pattern ESCAPE =
      Pattern.compile("\u001B(\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(\u0007|\u001B\\\\)?|.)?");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cs}\u0080-\u009F&&[^\t]]");

  private PlainText() {}

  static String of(String raw) {
    String cut = raw.length() > LONGEST_LINE ? raw.substring(0, LONGEST_LINE) + " […]" : raw;
    return CONTROL.matcher(ESCAPE.matcher(cut).replaceAll("")).replaceAll("");
  }
}
