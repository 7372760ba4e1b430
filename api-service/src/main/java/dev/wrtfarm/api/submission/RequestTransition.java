package dev.wrtfarm.api.submission;

import static dev.wrtfarm.api.submission.RequestState.CANCELLED;
import static dev.wrtfarm.api.submission.RequestState.OPEN;

import dev.wrtfarm.api.build.Actor;
import dev.wrtfarm.common.build.BuildState;

/**
 * The one table of changes that a request's state may go through, and who makes each. What is not
 * in it is refused and logged as impossible. All of them need a build that has not ended: what an
 * ended build answered stays answered.
 */
enum RequestTransition {
  CANCEL(Actor.CALLER, OPEN, CANCELLED);

  private final Actor actor;
  private final RequestState from;
  private final RequestState to;

  RequestTransition(Actor actor, RequestState from, RequestState to) {
    this.actor = actor;
    this.from = from;
    this.to = to;
  }

  Actor actor() {
    return actor;
  }

  RequestState to() {
    return to;
  }

  boolean isAllowedFrom(RequestState state, BuildState build) {
    return state == from && build.isUnfinished();
  }
}
