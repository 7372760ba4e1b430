package dev.wrtfarm.cli.doctor;

import org.jspecify.annotations.Nullable;

/**
 * What a check found.
 *
 * @param remedy what to do, unless all is well
 */
public record Finding(String subject, Verdict verdict, String text, @Nullable String remedy) {

  /** How bad it is. */
  public enum Verdict {
    GOOD,
    /** Something is missing that only some need. */
    NOTE,
    /** Something works less well, or only sometimes. */
    WARNING,
    /** A farm cannot work here. */
    BAD
  }

  static Finding good(String subject, String text) {
    return new Finding(subject, Verdict.GOOD, text, null);
  }

  static Finding note(String subject, String text, String remedy) {
    return new Finding(subject, Verdict.NOTE, text, remedy);
  }

  static Finding warning(String subject, String text, String remedy) {
    return new Finding(subject, Verdict.WARNING, text, remedy);
  }

  static Finding bad(String subject, String text, String remedy) {
    return new Finding(subject, Verdict.BAD, text, remedy);
  }
}
