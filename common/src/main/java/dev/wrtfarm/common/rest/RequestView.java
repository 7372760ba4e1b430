package dev.wrtfarm.common.rest;

import java.time.Instant;

/**
 * One caller's wish, and the build that fulfils it.
 *
 * @param outcome what the submission did: {@code queued}, {@code attached} or {@code reused}
 */
public record RequestView(
    String id, String outcome, boolean cancelled, Instant created, BuildView build) {}
