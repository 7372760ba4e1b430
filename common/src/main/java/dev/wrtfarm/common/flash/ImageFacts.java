package dev.wrtfarm.common.flash;

import org.jspecify.annotations.Nullable;

/**
 * An image, as a file and as what comes onto the card.
 *
 * @param sha256 of the file
 * @param size of the file, in bytes
 * @param format {@code raw}, {@code gzip}, {@code zstd} or {@code xz}
 * @param rawSha256 of what is written
 * @param rawSize of what is written, in bytes
 * @param overlayOffset where OpenWrt would look for an overlay, if that can be told from the image
 * @param imageId the farm's image id, when a build of the farm made it
 */
public record ImageFacts(
    String name,
    String sha256,
    long size,
    String format,
    String rawSha256,
    long rawSize,
    @Nullable Long overlayOffset,
    @Nullable String imageId) {}
