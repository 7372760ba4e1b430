package dev.wrtfarm.launcher;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Takes a program's output into a file, of which at most one older part is kept ({@code .1}), and
 * remembers the last lines for error messages.
 */
final class ProgramLog {
  private static final int TAIL_LINES = 40;

  private final Path file;
  private final long limit;
  private final Deque<String> tail = new ArrayDeque<>();

  ProgramLog(Path file, long limit) {
    this.file = file;
    this.limit = limit;
  }

  /** Reads until the end of the output; a full disk must not stop the program. */
  void takeFrom(InputStream output, Consumer<String> eachLine) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        remember(line);
        eachLine.accept(line);
        append(line);
      }
    } catch (IOException e) {
      remember("(the output could not be read further: " + e.getMessage() + ")");
    }
  }

  synchronized String tail() {
    return String.join("\n", tail);
  }

  private synchronized void remember(String line) {
    tail.addLast(line);
    if (tail.size() > TAIL_LINES) {
      tail.removeFirst();
    }
  }

  private void append(String line) {
    try {
      if (Files.exists(file) && Files.size(file) > limit) {
        Files.move(
            file,
            file.resolveSibling(file.getFileName() + ".1"),
            StandardCopyOption.REPLACE_EXISTING);
      }
      try (BufferedWriter out =
          Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        out.write(line);
        out.newLine();
      }
    } catch (IOException e) {
      remember("(the log " + file + " could not be written: " + e.getMessage() + ")");
    }
  }

  /** The folder is made now, so that a wrong path fails the start and not each line. */
  void prepare() {
    try {
      Path folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
