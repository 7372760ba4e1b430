package dev.wrtfarm.common.flash;

/** The states of a flash job. Ended states never change. */
public enum FlashState {
  /** Waits in its slot's line, or for its agent. */
  REQUESTED,
  /** The agent has said what it would do, and gave a token; somebody has to confirm it. */
  PLANNED,
  CONFIRMED,
  /** The agent has the farm's word and may write: from here on the card is not what it was. */
  WRITING,
  VERIFYING,
  PASSED,
  FAILED,
  /** The agent was lost after it had the word; nobody knows what is on the card. */
  NEEDS_CHECK,
  CANCELLED,
  EXPIRED;

  public boolean isEnded() {
    return this == PASSED || this == FAILED || this == CANCELLED || this == EXPIRED;
  }

  /** Whether a job in this state has its slot and card to itself. */
  public boolean holdsSlot() {
    return this == PLANNED
        || this == CONFIRMED
        || this == WRITING
        || this == VERIFYING
        || this == NEEDS_CHECK;
  }
}
