package dev.wrtfarm.common.flash;

/** What a flash job does to its card. */
public enum FlashKind {
  /** Writes an image and verifies it. */
  FLASH,
  /** Only reads: compares the card with an image. */
  VERIFY
}
