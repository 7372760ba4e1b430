package dev.wrtfarm.common.rest;

import dev.wrtfarm.common.flash.FlashOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/v2/flash-jobs}: one image to one or many slots; a job for each.
 *
 * @param kind a {@link dev.wrtfarm.common.flash.FlashKind}; FLASH when absent
 * @param build whose image; or {@code url} with {@code sha256}
 * @param artifact which of the build's images; may be absent when there is only one that a card
 *     takes
 * @param targets where to
 * @param options {@link FlashOptions#DEFAULT} when absent
 * @param unattended true: the agent confirms by itself where its configuration allows that
 */
public record SubmitFlash(
    @Nullable String kind,
    @Nullable String build,
    @Nullable String artifact,
    @Nullable String url,
    @Nullable String sha256,
    List<FlashTarget> targets,
    @Nullable FlashOptions options,
    @Nullable Boolean unattended) {

  /** A slot of a lab host. */
  public record FlashTarget(String host, String slot) {}
}
