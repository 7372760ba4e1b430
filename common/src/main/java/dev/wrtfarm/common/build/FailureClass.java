package dev.wrtfarm.common.build;

/** Who can mend a failure; it decides whether a build is tried again. */
public enum FailureClass {
  /** The request cannot be built as it is. Final. */
  USER,
  /** The download server or a feed did not deliver. Tried again. */
  UPSTREAM,
  /** The farm itself. Tried again. */
  INFRASTRUCTURE
}
