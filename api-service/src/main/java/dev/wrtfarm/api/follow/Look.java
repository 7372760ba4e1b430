package dev.wrtfarm.api.follow;

/** Looks for what is new to one follower. Called by one thread at a time. */
public interface Look<T> {

  /** Asks the database or the store; may fail, and is called again then. */
  Sight<T> look();
}
