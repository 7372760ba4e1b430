package dev.wrtfarm.common.flash;

import org.jspecify.annotations.Nullable;

/**
 * How to flash.
 *
 * @param prefixBytes verify only so many bytes from the start: the verdict is then PARTIAL, never
 *     PASSED, and nobody confirms such a job unattended; null verifies everything
 * @param config name of a configuration archive (a {@code sysupgrade.tgz}) among those on the
 *     agent's host, to be written where OpenWrt takes it up at first boot; null for none
 */
public record FlashOptions(
    Level level, Wipe wipe, @Nullable Long prefixBytes, @Nullable String config) {
  public static final FlashOptions DEFAULT =
      new FlashOptions(Level.STANDARD, Wipe.SIGNATURES, null, null);
}
