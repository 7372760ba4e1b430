package dev.wrtfarm.common.rest;

import dev.wrtfarm.common.flash.FlashOptions;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/v2/flash-jobs/{id}/recheck}: read the card of an earlier flash
 * again, without writing.
 *
 * @param options those of the earlier flash when absent
 */
public record RecheckFlash(@Nullable FlashOptions options) {}
