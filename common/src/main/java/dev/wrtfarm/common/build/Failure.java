package dev.wrtfarm.common.build;

/**
 * Why a build, or one attempt at it, failed.
 *
 * @param message one sentence for a person, naming what failed (a package, a URL, a size)
 * @param excerpt the lines of the log that show it; empty when there are none
 */
public record Failure(FailureReason reason, String message, String excerpt) {
  private static final int LONGEST_MESSAGE = 1_000;
  private static final int LONGEST_EXCERPT = 8_000;

  public Failure {
    message = cut(message, LONGEST_MESSAGE);
    excerpt = cut(excerpt, LONGEST_EXCERPT);
  }

  private static String cut(String text, int most) {
    String clean = text.replace("\0", "");
    return clean.length() <= most ? clean : clean.substring(clean.length() - most);
  }
}
