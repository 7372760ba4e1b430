package dev.wrtfarm.common.flash;

/** How much a card is put to the test. Each level does everything that the one before it does. */
public enum Level {
  /** 16 canaries and 16 nonces, no reset; the whole image is read back. */
  QUICK,
  /**
   * All canaries and 66 nonces, and the strongest reset that the slot has; without any, 128 MiB are
   * written behind the image so that the card has to store it.
   */
  STANDARD,
  /** The whole image area filled with nonces, the card's cache overflowed, and read back twice. */
  THOROUGH,
  /** The whole card written and read once before the image: for a new card, it takes long. */
  QUALIFY
}
