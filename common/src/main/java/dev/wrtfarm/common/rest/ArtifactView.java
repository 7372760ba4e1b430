package dev.wrtfarm.common.rest;

import dev.wrtfarm.common.build.ArtifactKind;
import org.jspecify.annotations.Nullable;

/**
 * A file of a build.
 *
 * @param url relative to the API's root; it redirects to the bytes
 * @param expired the bytes are not kept any more; whoever asks for the build again gets a new one
 */
public record ArtifactView(
    String name,
    ArtifactKind kind,
    String sha256,
    long size,
    @Nullable String type,
    @Nullable String filesystem,
    String url,
    boolean expired) {}
