package dev.wrtfarm.api.follow;

/** This replica has as many followers as it may. */
public final class TooManyFollowers extends RuntimeException {
  private static final long serialVersionUID = 1;

  TooManyFollowers(int most) {
    super("this replica has %d followers, and takes no more; try again in a while".formatted(most));
  }
}
