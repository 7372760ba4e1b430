package dev.wrtfarm.api.submission;

/** Only a record would have done, and none answers; the message says what there is instead. */
public final class NoRecord extends RuntimeException {
  private static final long serialVersionUID = 1;

  NoRecord(String why) {
    super(why);
  }
}
