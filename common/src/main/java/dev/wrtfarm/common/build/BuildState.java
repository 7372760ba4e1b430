package dev.wrtfarm.common.build;

/** The states of a build. Ended states never change. */
public enum BuildState {
  QUEUED,
  RUNNING,
  SUCCEEDED,
  /** Ended after its manifest stage: an earlier record has exactly this image. */
  REUSED,
  FAILED,
  CANCELLED;

  public boolean isUnfinished() {
    return this == QUEUED || this == RUNNING;
  }

  /** Whether the build has artifacts to hand out. */
  public boolean hasImages() {
    return this == SUCCEEDED || this == REUSED;
  }
}
