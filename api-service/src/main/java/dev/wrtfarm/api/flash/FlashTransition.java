package dev.wrtfarm.api.flash;

import static dev.wrtfarm.api.flash.FlashActor.AGENT;
import static dev.wrtfarm.api.flash.FlashActor.FARM;
import static dev.wrtfarm.api.flash.FlashActor.PERSON;
import static dev.wrtfarm.common.flash.FlashState.CANCELLED;
import static dev.wrtfarm.common.flash.FlashState.CONFIRMED;
import static dev.wrtfarm.common.flash.FlashState.EXPIRED;
import static dev.wrtfarm.common.flash.FlashState.FAILED;
import static dev.wrtfarm.common.flash.FlashState.NEEDS_CHECK;
import static dev.wrtfarm.common.flash.FlashState.PASSED;
import static dev.wrtfarm.common.flash.FlashState.PLANNED;
import static dev.wrtfarm.common.flash.FlashState.REQUESTED;
import static dev.wrtfarm.common.flash.FlashState.VERIFYING;
import static dev.wrtfarm.common.flash.FlashState.WRITING;

import dev.wrtfarm.common.flash.FlashState;
import java.util.Set;

/**
 * The one table of changes that a flash job's state may go through, and who makes each. What is not
 * in it is refused.
 *
 * <p><b>No second write.</b> Only WRITE leads to WRITING, only from CONFIRMED, and nothing leads
 * from WRITING or anything after it back to where WRITE starts. So a job is written at most once,
 * and whoever wants it again makes another job, with another plan.
 *
 * <p><b>Lost after the word.</b> LOSE does not raise the fence: the lane may be writing on, and its
 * report under the old lease is the best that can be had. A person's word raises it, and needs to
 * know that no lane is left.
 */
public enum FlashTransition {
  CLAIM_PLAN(AGENT, Set.of(REQUESTED), REQUESTED, true),
  CLAIM_EXECUTE(AGENT, Set.of(CONFIRMED), CONFIRMED, true),
  GIVE_BACK(AGENT, Set.of(REQUESTED, CONFIRMED), REQUESTED, true),
  PLAN(AGENT, Set.of(REQUESTED), PLANNED, true),
  PLAN_UNATTENDED(AGENT, Set.of(REQUESTED), CONFIRMED, true),
  WRITE(AGENT, Set.of(CONFIRMED), WRITING, false),
  VERIFY(AGENT, Set.of(CONFIRMED, WRITING), VERIFYING, false),
  PASS(AGENT, Set.of(WRITING, VERIFYING, NEEDS_CHECK), PASSED, true),
  FAIL(AGENT, Set.of(REQUESTED, CONFIRMED, WRITING, VERIFYING, NEEDS_CHECK), FAILED, true),
  CUT_OFF(AGENT, Set.of(WRITING, VERIFYING, NEEDS_CHECK), NEEDS_CHECK, false),
  REAP_PLAN(FARM, Set.of(REQUESTED), REQUESTED, false),
  REAP_EXECUTE(FARM, Set.of(CONFIRMED), CONFIRMED, false),
  LOSE(FARM, Set.of(WRITING, VERIFYING), NEEDS_CHECK, false),
  EXPIRE(FARM, Set.of(REQUESTED, PLANNED, CONFIRMED), EXPIRED, true),
  REFUSE(FARM, Set.of(REQUESTED, CONFIRMED), FAILED, true),
  CONFIRM(PERSON, Set.of(PLANNED), CONFIRMED, false),
  CANCEL(PERSON, Set.of(REQUESTED, PLANNED, CONFIRMED), CANCELLED, true),
  RESOLVE_PASSED(PERSON, Set.of(NEEDS_CHECK), PASSED, true),
  RESOLVE_FAILED(PERSON, Set.of(NEEDS_CHECK), FAILED, true);

  private final FlashActor actor;
  private final Set<FlashState> from;
  private final FlashState to;
  private final boolean raisesFence;

  FlashTransition(FlashActor actor, Set<FlashState> from, FlashState to, boolean raisesFence) {
    this.actor = actor;
    this.from = from;
    this.to = to;
    this.raisesFence = raisesFence;
  }

  public FlashActor actor() {
    return actor;
  }

  /** Only a job that does nothing but verify goes on to that without having been written. */
  public boolean isAllowedFor(FlashJob job) {
    return from.contains(job.state)
        && (this != VERIFY || job.state == WRITING || job.isReadOnly())
        && (this != WRITE || !job.isReadOnly());
  }

  Set<FlashState> from() {
    return from;
  }

  public FlashState to() {
    return to;
  }

  boolean isClaim() {
    return this == CLAIM_PLAN || this == CLAIM_EXECUTE;
  }

  /** The agent tells it, and with it its lease is over: the same again gets the same answer. */
  boolean endsLeaseByWord() {
    return actor == AGENT && raisesFence && !isClaim();
  }

  boolean raisesFence() {
    return raisesFence;
  }

  public boolean ends() {
    return to.isEnded();
  }
}
