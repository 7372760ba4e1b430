package dev.wrtfarm.flash.mark;

/** What a marked block is for. */
public enum MarkKind {
  /** Outside the image, written before it and read after it. */
  CANARY,
  /** Under the image: shows that these very blocks can be changed. */
  NONCE,
  /** Everywhere, to put the whole card to the test or to push out what its memory holds. */
  FILL,
  /** Written after a failure, to see whether the card still takes anything. */
  PROBE
}
