package dev.wrtfarm.worker.log;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An attempt's log. The file keeps the first and the last half of the limit; followers get pieces
 * as the log grows, up to the same limit. What the disk does not take shows at the end: a line that
 * a build says never fails for it.
 */
public final class BuildLog {
  /** As an artifact. */
  public static final String NAME = "build.log";

  public static final long LIMIT = 16L << 20;
  private static final int MOST_UNSENT = 1 << 20;

  private final Path file;
  private final long half;
  private final BufferedWriter head;
  private final Tail tail;
  private final StringBuilder unsent = new StringBuilder();
  private long headBytes;
  private boolean headFull;
  private boolean finished;
  private @Nullable IOException failure;
  private volatile UnaryOperator<String> rewriting = UnaryOperator.identity();

  public BuildLog(Path file, long limit) {
    this.file = file;
    this.half = limit / 2;
    this.tail = new Tail(half);
    try {
      this.head =
          new BufferedWriter(
              new OutputStreamWriter(Files.newOutputStream(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on each line passes through this, for example to name a feed by its real URL. */
  public void rewriteWith(UnaryOperator<String> rewriting) {
    this.rewriting = rewriting;
  }

  /** One line, without its end. Returns it as it was logged. */
  public String line(String raw) {
    String line = rewriting.apply(PlainText.of(raw));
    append(line + "\n");
    return line;
  }

  private synchronized void append(String text) {
    if (finished) {
      return;
    }
    long bytes = text.getBytes(StandardCharsets.UTF_8).length;
    headFull |= headBytes + bytes > half;
    if (headFull) {
      tail.add(text, bytes);
    } else {
      headBytes += bytes;
      write(text);
    }
    if (!headFull || unsent.length() + text.length() <= MOST_UNSENT) {
      unsent.append(text);
    }
  }

  /** The next piece for followers; empty when there is nothing new. */
  public synchronized String takeUnsent(int most) {
    int end = Math.min(most, unsent.length());
    if (end > 0 && Character.isHighSurrogate(unsent.charAt(end - 1))) {
      end--;
    }
    String piece = unsent.substring(0, end);
    unsent.delete(0, end);
    return piece;
  }

  /**
   * Completes the file; lines that come later are dropped. The same again when repeated.
   *
   * @throws UncheckedIOException when the file does not have all of it
   */
  public synchronized Path finish() {
    if (!finished) {
      finished = true;
      if (tail.dropped() > 0) {
        write("\n[… %d bytes left out …]\n\n".formatted(tail.dropped()));
      }
      tail.lines().forEach(this::write);
      close();
    }
    if (failure != null) {
      throw new UncheckedIOException(failure);
    }
    return file;
  }

  private void write(String text) {
    try {
      if (failure == null) {
        head.write(text);
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  private void close() {
    try {
      head.close();
    } catch (IOException e) {
      failure = failure == null ? e : failure;
    }
  }
}
