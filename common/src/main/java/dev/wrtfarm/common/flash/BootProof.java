package dev.wrtfarm.common.flash;

/** What the booted device said it is, compared with what was flashed. */
public enum BootProof {
  /** It reports the image id that was flashed. */
  BOOTED,
  /** It reports another: something older is still alive on the card. */
  GHOST
}
