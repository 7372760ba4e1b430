package dev.wrtfarm.common.build;

import java.util.regex.Pattern;

/**
 * Why a build, or one attempt at it, failed.
 *
 * @param message one sentence for a person, naming what failed (a package, a URL, a size)
 * @param excerpt the lines of the log that show it; empty when there are none
 */
public record Failure(FailureReason reason, String message, String excerpt) {
  // Packages have a say in these texts; a terminal must not obey them, and no database takes a NUL.
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9F}&&[^\\n\\t]]");
  private static final int LONGEST_MESSAGE = 1_000;
  private static final int LONGEST_EXCERPT = 8_000;

  public Failure {
    message = cut(message, LONGEST_MESSAGE);
    excerpt = cut(excerpt, LONGEST_EXCERPT);
  }

  private static String cut(String text, int most) {
    String clean = CONTROL.matcher(text).replaceAll("");
    return clean.length() <= most ? clean : clean.substring(clean.length() - most);
  }
}
