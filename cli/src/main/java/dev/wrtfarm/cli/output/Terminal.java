package dev.wrtfarm.cli.output;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a command writes: data to standard output, everything for the eye to standard error.
 *
 * @param in standard input
 * @param live whether standard error is a terminal, where a line can be rewritten
 * @param outIsPipe whether standard output goes to another program
 */
public record Terminal(
    Input in,
    PrintWriter out,
    PrintWriter err,
    boolean live,
    boolean outIsPipe,
    boolean outColours,
    boolean errColours) {

  public static Terminal ofProcess(Map<String, String> environment) {
    boolean wanted =
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !"dumb".equals(environment.get("TERM"));
    boolean errIsTerminal = isTerminal(2);
    return new Terminal(
        Input.ofProcess(isTerminal(0) && errIsTerminal),
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
        errIsTerminal,
        target(1).startsWith("pipe:"),
        wanted && isTerminal(1),
        wanted && errIsTerminal);
  }

  /** Plain, for what is read by a program or a test. */
  public static Terminal plain(PrintWriter out, PrintWriter err) {
    return plain(Input.nothing(), out, err);
  }

  public static Terminal plain(Input in, PrintWriter out, PrintWriter err) {
    return new Terminal(in, out, err, false, false, false, false);
  }

  /**
   * What a person answers; empty at the end of the input. Only to be asked where {@link
   * Input#isPerson} says that somebody is there.
   */
  public Optional<String> ask(String question) {
    err.print(question);
    err.flush();
    return in.line();
  }

  public void line(String text) {
    out.println(text);
    out.flush();
  }

  /** As it is, whatever its lines. */
  public void text(String text) {
    out.print(text);
    out.flush();
  }

  /** Whether something for standard output could not be written. */
  public boolean isBroken() {
    return out.checkError();
  }

  /**
   * Whether the program that read standard output has ended, as head does: a pipe is never full.
   */
  public boolean isUnread() {
    return outIsPipe && isBroken();
  }

  public void message(String text) {
    err.println(text);
    err.flush();
  }

  public void error(String text) {
    message(Style.BAD.apply("error:", errColours) + " " + text);
  }

  public void hint(@Nullable String text) {
    if (text != null) {
      message("  hint: " + text);
    }
  }

  /** For standard output. */
  public String styled(Style style, String text) {
    return style.apply(text, outColours);
  }

  /** For standard error. */
  public String marked(Style style, String text) {
    return style.apply(text, errColours);
  }

  // System.console() tells about input and output together, and never about errors.
  private static boolean isTerminal(int descriptor) {
    String target = target(descriptor);
    return target.startsWith("/dev/pts/")
        || target.startsWith("/dev/tty")
        || target.equals("/dev/console");
  }

  private static String target(int descriptor) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
    } catch (IOException noProc) {
      return "";
    }
  }
}
