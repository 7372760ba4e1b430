package dev.wrtfarm.launcher;

import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;

/** How a started program shows that it can be used. */
public sealed interface Readiness {

  /** After this long the start has failed. */
  Duration limit();

  /** A line of its output in which the pattern is found. */
  record Output(Pattern pattern, Duration limit) implements Readiness {}

  /** A GET of the URL that answers 200. */
  record Http(URI url, Duration limit) implements Readiness {}

  /** It was started: nothing more is known. */
  record Started() implements Readiness {
    @Override
    public Duration limit() {
      return Duration.ZERO;
    }
  }

  /** A line that is exactly this text. */
  static Readiness line(String text, Duration limit) {
    return new Output(Pattern.compile("^" + Pattern.quote(text) + "$"), limit);
  }

  static Readiness http(URI url, Duration limit) {
    return new Http(url, limit);
  }
}
