package dev.wrtfarm.common.flash;

/** What of the old content is overwritten before the image. */
public enum Wipe {
  /** Head, tail, heads of old partitions, and where OpenWrt looks for an overlay. */
  SIGNATURES,
  /** The whole card. */
  FULL
}
