package dev.wrtfarm.api.follow;

/**
 * One thing that a follower of a build is told.
 *
 * @param event what kind of thing: {@code state}, {@code stage}, {@code log} or {@code end}
 * @param place where to go on after it
 * @param data its JSON form is what the follower gets
 */
public record Told(String event, FollowerPlace place, Object data) {
  /** Nothing happened, but somebody is there. */
  public static final Told SIGN = new Told("", FollowerPlace.START, "");

  static final String STATE = "state";
  static final String STAGE = "stage";
  static final String LOG = "log";
  static final String END = "end";
}
