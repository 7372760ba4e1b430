package dev.wrtfarm.api.lease;

/** A worker asked for a build. */
public record ClaimAnswered(Answer answer) {
  /** What it got. */
  public enum Answer {
    BUILD,
    /** The lease that it has: the answer to the same question before was lost. */
    AGAIN,
    EMPTY
  }
}
