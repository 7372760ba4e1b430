package dev.wrtfarm.api.build;

import static dev.wrtfarm.common.build.BuildState.CANCELLED;
import static dev.wrtfarm.common.build.BuildState.FAILED;
import static dev.wrtfarm.common.build.BuildState.QUEUED;
import static dev.wrtfarm.common.build.BuildState.REUSED;
import static dev.wrtfarm.common.build.BuildState.RUNNING;
import static dev.wrtfarm.common.build.BuildState.SUCCEEDED;

import dev.wrtfarm.common.build.BuildState;
import java.util.EnumSet;
import java.util.Set;

/**
 * The one table of changes that a build's state may go through, and who makes each. What is not in
 * it is refused and logged as impossible.
 *
 * <p>A build is reaped without raising its fence: until somebody else claims it, the worker that
 * was thought lost may take it back or end it. That is why the worker's ends start from QUEUED too.
 */
enum Transition {
  CLAIM(Actor.WORKER, EnumSet.of(QUEUED), RUNNING, true),
  TAKE_BACK(Actor.WORKER, EnumSet.of(QUEUED), RUNNING, false),
  RELEASE(Actor.WORKER, EnumSet.of(QUEUED, RUNNING), QUEUED, true),
  RETRY(Actor.WORKER, EnumSet.of(QUEUED, RUNNING), QUEUED, true),
  SUCCEED(Actor.WORKER, EnumSet.of(QUEUED, RUNNING), SUCCEEDED, true),
  REUSE(Actor.WORKER, EnumSet.of(QUEUED, RUNNING), REUSED, true),
  FAIL(Actor.WORKER, EnumSet.of(QUEUED, RUNNING), FAILED, true),
  REAP(Actor.REAPER, EnumSet.of(RUNNING), QUEUED, false),
  GIVE_UP(Actor.REAPER, EnumSet.of(RUNNING), FAILED, true),
  CANCEL(Actor.CALLER, EnumSet.of(QUEUED, RUNNING), CANCELLED, true);

  /** Who makes a change. */
  enum Actor {
    WORKER,
    REAPER,
    CALLER
  }

  private final Actor actor;
  private final Set<BuildState> from;
  private final BuildState to;
  private final boolean raisesFence;

  Transition(Actor actor, EnumSet<BuildState> from, BuildState to, boolean raisesFence) {
    this.actor = actor;
    this.from = Set.copyOf(from);
    this.to = to;
    this.raisesFence = raisesFence;
  }

  Actor actor() {
    return actor;
  }

  boolean isAllowedFrom(BuildState state) {
    return from.contains(state);
  }

  BuildState to() {
    return to;
  }

  boolean raisesFence() {
    return raisesFence;
  }

  boolean ends() {
    return !to.isUnfinished();
  }
}
