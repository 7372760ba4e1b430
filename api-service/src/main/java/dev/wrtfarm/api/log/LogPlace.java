package dev.wrtfarm.api.log;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far somebody has read a build's log. It means the same to every replica, and in the rows as
 * in the artifact that takes their place.
 *
 * @param attempt whose text is being read
 * @param sequence the number of the first chunk that was not read, or not to its end
 * @param offset bytes of the attempt's text that were read
 */
public record LogPlace(int attempt, int sequence, long offset) {
  public static final LogPlace START = new LogPlace(1, 0, 0);

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,18})");

  /** At the same byte, with this chunk behind. */
  LogPlace nextChunk() {
    return new LogPlace(attempt, sequence + 1, offset);
  }

  /** The beginning of the attempt after this one. */
  LogPlace nextAttempt() {
    return new LogPlace(attempt + 1, 0, 0);
  }

  /** So many bytes further, in the artifact. */
  LogPlace plus(long bytes) {
    return new LogPlace(attempt, sequence, offset + bytes);
  }

  @Override
  public String toString() {
    return attempt + "." + sequence + "." + offset;
  }

  /** The place that {@link #toString()} wrote; empty for any other text. */
  public static Optional<LogPlace> parse(String text) {
    Matcher parts = FORM.matcher(text);
    return parts.matches()
        ? Optional.of(
            new LogPlace(
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Long.parseLong(parts.group(3))))
        : Optional.empty();
  }
}
