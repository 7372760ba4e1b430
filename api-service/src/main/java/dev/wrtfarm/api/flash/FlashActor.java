package dev.wrtfarm.api.flash;

/** Who makes a change of a flash job. */
public enum FlashActor {
  /** The host's agent, under the lease that it has, or to get one. */
  AGENT,
  /** The farm by itself: a lease or a plan ran out, or the job cannot be done. */
  FARM,
  PERSON
}
