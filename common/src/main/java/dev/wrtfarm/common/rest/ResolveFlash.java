package dev.wrtfarm.common.rest;

import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/v2/flash-jobs/{id}/resolve}, for a job that NEEDS_CHECK.
 *
 * @param verdict {@code passed} or {@code failed}: what a person found on the card
 */
public record ResolveFlash(String verdict, @Nullable String note) {}
