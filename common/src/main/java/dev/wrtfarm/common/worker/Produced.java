package dev.wrtfarm.common.worker;

import dev.wrtfarm.common.build.ArtifactKind;
import org.jspecify.annotations.Nullable;

/**
 * A file that the build made, its bytes already sent.
 *
 * @param type the Image Builder's word for an image: {@code sysupgrade}, {@code combined} …
 * @param filesystem the image's root file system, where it has one
 */
public record Produced(
    String name,
    ArtifactKind kind,
    String sha256,
    long size,
    @Nullable String type,
    @Nullable String filesystem) {}
