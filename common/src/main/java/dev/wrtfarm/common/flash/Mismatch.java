package dev.wrtfarm.common.flash;

import org.jspecify.annotations.Nullable;

/**
 * A stretch of blocks with the same fault.
 *
 * @param offset of its first byte on the device
 * @param bytes its length
 * @param area {@code image}, {@code wiped}, {@code canary} or {@code nonce}
 * @param distance for ALIAS: how far away, in bytes, the data belongs; a candidate for the real
 *     size
 */
public record Mismatch(
    MismatchKind kind, long offset, long bytes, String area, @Nullable Long distance) {}
