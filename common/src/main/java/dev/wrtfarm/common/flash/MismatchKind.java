package dev.wrtfarm.common.flash;

/** What a block holds that does not hold what it should. */
public enum MismatchKind {
  /** What was there before this run: the write was dropped. */
  STALE,
  /** A nonce of this run: a later write was dropped. */
  STALE_NONCE,
  /** What was written elsewhere: addresses wrap around. */
  ALIAS,
  /** Nothing but 00 or FF. */
  ERASED,
  /** At most eight bits differ. */
  BITFLIP,
  /** Different data at each reading. */
  UNSTABLE,
  /** Something else. */
  CORRUPT,
  /** The device reports an error for it. */
  UNREADABLE
}
