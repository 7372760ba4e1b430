package dev.wrtfarm.api.build;

import dev.wrtfarm.common.build.FailureReason;
import org.jspecify.annotations.Nullable;

/**
 * A build's state changed. Fired in the transaction; whoever tells the world observes it after the
 * commit.
 *
 * @param attempt the attempt before the change
 */
public record BuildChanged(
    String build, Transition transition, int attempt, @Nullable FailureReason reason) {}
