package dev.wrtfarm.api.build;

import static dev.wrtfarm.common.build.BuildState.CANCELLED;
import static dev.wrtfarm.common.build.BuildState.FAILED;
import static dev.wrtfarm.common.build.BuildState.QUEUED;
import static dev.wrtfarm.common.build.BuildState.REUSED;
import static dev.wrtfarm.common.build.BuildState.RUNNING;
import static dev.wrtfarm.common.build.BuildState.SUCCEEDED;

import dev.wrtfarm.common.build.BuildState;

/**
 * The one table of changes that a build's state may go through, and who makes each. What is not in
 * it is refused and logged as impossible.
 *
 * <p>A build is reaped without raising its fence: until somebody else claims it, the worker that
 * was thought lost may take it back or end it. That is why the worker's ends start from QUEUED too.
 */
public enum Transition {
  CLAIM(Actor.WORKER, From.QUEUED_ONLY, RUNNING, true),
  TAKE_BACK(Actor.WORKER, From.QUEUED_ONLY, RUNNING, false),
  RELEASE(Actor.WORKER, From.UNFINISHED, QUEUED, true),
  RETRY(Actor.WORKER, From.UNFINISHED, QUEUED, true),
  SUCCEED(Actor.WORKER, From.UNFINISHED, SUCCEEDED, true),
  REUSE(Actor.WORKER, From.UNFINISHED, REUSED, true),
  FAIL(Actor.WORKER, From.UNFINISHED, FAILED, true),
  REAP(Actor.REAPER, From.RUNNING_ONLY, QUEUED, false),
  GIVE_UP(Actor.REAPER, From.RUNNING_ONLY, FAILED, true),
  CANCEL(Actor.CALLER, From.UNFINISHED, CANCELLED, true);

  private enum From {
    QUEUED_ONLY,
    RUNNING_ONLY,
    UNFINISHED
  }

  private final Actor actor;
  private final From from;
  private final BuildState to;
  private final boolean raisesFence;

  Transition(Actor actor, From from, BuildState to, boolean raisesFence) {
    this.actor = actor;
    this.from = from;
    this.to = to;
    this.raisesFence = raisesFence;
  }

  public Actor actor() {
    return actor;
  }

  boolean isAllowedFrom(BuildState state) {
    return switch (from) {
      case QUEUED_ONLY -> state == QUEUED;
      case RUNNING_ONLY -> state == RUNNING;
      case UNFINISHED -> state.isUnfinished();
    };
  }

  public BuildState to() {
    return to;
  }

  /** A worker makes it under the lease that it has. */
  boolean isUnderLease() {
    return actor == Actor.WORKER && this != CLAIM;
  }

  boolean raisesFence() {
    return raisesFence;
  }

  public boolean ends() {
    return !to.isUnfinished();
  }
}
