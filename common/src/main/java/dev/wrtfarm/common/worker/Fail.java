package dev.wrtfarm.common.worker;

import dev.wrtfarm.common.build.Failure;
import dev.wrtfarm.common.build.Stage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attempt failed. Whether the build ends with it or is tried again, the API decides.
 *
 * @param log the attempt's whole log, already sent; absent when the store could not be reached
 */
public record Fail(
    Lease lease,
    Stage stage,
    Failure failure,
    @Nullable Produced log,
    Map<Stage, Long> stageMillis) {}
