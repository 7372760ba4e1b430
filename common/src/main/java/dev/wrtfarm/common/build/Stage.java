package dev.wrtfarm.common.build;

/** The worker's line of stages, in order. */
public enum Stage {
  /** Find, check, download and extract the Image Builder's archive. */
  FETCH,
  /** A private copy of the golden tree. */
  PREPARE,
  /** {@code make manifest}: resolves the package set. */
  MANIFEST,
  /** {@code make image}. */
  ASSEMBLE,
  /** Is what came out what was expected? */
  VERIFY,
  /** Artifacts and log to the object store. */
  PUBLISH
}
