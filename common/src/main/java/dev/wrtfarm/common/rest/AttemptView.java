package dev.wrtfarm.common.rest;

import dev.wrtfarm.common.build.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try at a build.
 *
 * @param result {@code running}, {@code succeeded}, {@code reused}, {@code failed}, {@code
 *     released}, {@code lost} or {@code cancelled}
 */
public record AttemptView(
    int number,
    String worker,
    String result,
    Instant started,
    @Nullable Instant ended,
    @Nullable Failure failure) {}
