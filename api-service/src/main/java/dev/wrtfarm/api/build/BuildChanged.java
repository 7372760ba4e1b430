package dev.wrtfarm.api.build;

import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.build.FailureReason;
import org.jspecify.annotations.Nullable;

/**
 * A build's state changed. Fired in the transaction; whoever tells the world observes it after the
 * commit.
 *
 * @param attempt the attempt before the change
 * @param from the state before the change
 * @param held whether a worker's lease was the build's before the change: it ran, or it had been
 *     reaped and nobody had claimed it since
 */
public record BuildChanged(
    String build,
    Transition transition,
    int attempt,
    BuildState from,
    boolean held,
    @Nullable FailureReason reason) {

  /** A worker ended an attempt whose lease had run out; it counts, for nobody claimed the build. */
  public boolean isLateEnd() {
    return from == BuildState.QUEUED
        && transition.isUnderLease()
        && transition != Transition.TAKE_BACK;
  }
}
