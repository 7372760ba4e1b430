package dev.wrtfarm.cli.output;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * What goes on, on standard error. On a terminal one line is rewritten; elsewhere a line comes
 * whenever the step changes, and every half minute as a sign of life.
 */
public final class Progress implements AutoCloseable {
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(30);
  private static final String CLEAR = "\r\033[K";

  private final Terminal terminal;
  private final int width;
  private final Clock clock;
  private String lastStep = "";
  private Instant lastShown = Instant.MIN;
  private boolean lineIsOpen;

  public Progress(Terminal terminal, int width, Clock clock) {
    this.terminal = terminal;
    this.width = width;
    this.clock = clock;
  }

  public static Progress on(Terminal terminal) {
    return new Progress(
        terminal, terminal.live() ? TerminalWidth.ask() : 0, Clock.systemDefaultZone());
  }

  /**
   * @param step changes rarely; a new one is always shown
   * @param text the whole line
   */
  public synchronized void show(String step, String text) {
    if (terminal.live()) {
      terminal.err().print(CLEAR + (text.length() < width ? text : text.substring(0, width - 1)));
      terminal.err().flush();
      lineIsOpen = true;
      return;
    }
    Instant now = clock.instant();
    if (!step.equals(lastStep) || now.isAfter(lastShown.plus(SIGN_OF_LIFE))) {
      terminal.message(text);
      lastStep = step;
      lastShown = now;
    }
  }

  /** A line that stays. */
  public synchronized void keep(String text) {
    clear();
    terminal.message(text);
  }

  private void clear() {
    if (lineIsOpen) {
      terminal.err().print(CLEAR);
      terminal.err().flush();
      lineIsOpen = false;
    }
  }

  @Override
  public synchronized void close() {
    clear();
  }
}
