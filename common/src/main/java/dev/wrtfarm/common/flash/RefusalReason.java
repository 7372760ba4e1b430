package dev.wrtfarm.common.flash;

/** Why a device is never written to. There is no override. */
public enum RefusalReason {
  NO_DEVICE,
  NOT_A_BLOCK_DEVICE,
  PARTITION,
  EMMC,
  HIDDEN,
  KIND_NOT_ALLOWED,
  LOOP_NOT_ALLOWED,
  NO_MEDIUM,
  READ_ONLY,
  TOO_LARGE,
  TOO_SMALL,
  SYSTEM_DISK,
  MOUNTED,
  SWAP,
  HELD,
  STACKED_LOOP,
  IN_USE,
  /** The agent's user may not open it. */
  NO_ACCESS,
  CHANGED,
  NEEDS_CHECK,
  TOKEN_USED,
  TOKEN_EXPIRED,
  TOKEN_INVALID
}
