package dev.wrtfarm.cli.output;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;

/** How many columns the terminal has; a longer line cannot be rewritten. */
final class TerminalWidth {
  private static final int USUAL = 80;

  private TerminalWidth() {}

  static int ask() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(Redirect.from(new java.io.File("/dev/tty")))
              .redirectError(Redirect.DISCARD)
              .start();
      String answer =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      int columns = Integer.parseInt(answer.substring(answer.indexOf(' ') + 1));
      return columns > 0 ? columns : USUAL;
    } catch (IOException | NumberFormatException e) {
      return USUAL;
    }
  }
}
