package dev.wrtfarm.api.log;

/**
 * Some text of a build's log.
 *
 * @param next where to go on reading
 */
public record LogPiece(String text, LogPlace next, Beyond beyond) {

  /** What there is after a piece. */
  public enum Beyond {
    /** More: read on at once. */
    MORE,
    /** Nothing for now: the build goes on. */
    LATER,
    /** Nothing: the build has ended, and everything was read. */
    NOTHING
  }

  static LogPiece none(LogPlace place, Beyond beyond) {
    return new LogPiece("", place, beyond);
  }
}
