package dev.wrtfarm.api.submission;

import java.util.Locale;

/** What a submission did. */
public enum Outcome {
  /** A new build. */
  QUEUED,
  /** It joined the build of the same recipe that had not ended. */
  ATTACHED,
  /** An earlier build answered it. */
  REUSED,
  /** Nothing may answer it. */
  REFUSED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
