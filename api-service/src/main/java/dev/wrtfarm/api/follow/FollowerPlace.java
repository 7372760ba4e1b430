package dev.wrtfarm.api.follow;

import dev.wrtfarm.api.log.LogPlace;
import dev.wrtfarm.common.value.InvalidValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a follower has come; the id of an event, with which the follower goes on at any replica.
 *
 * @param known a digest of the state that the follower was told last, or {@link #ENDED}
 */
public record FollowerPlace(LogPlace log, String known) {
  static final FollowerPlace START = new FollowerPlace(LogPlace.START, "new");
  private static final String ENDED = "end";
  private static final Pattern FORM = Pattern.compile("([0-9.]+)-(new|end|[0-9a-f]{8})");

  FollowerPlace knowing(String digest) {
    return new FollowerPlace(log, digest);
  }

  FollowerPlace having(LogPlace read) {
    return new FollowerPlace(read, known);
  }

  FollowerPlace atEnd() {
    return knowing(ENDED);
  }

  /** The follower was told the end: there is nothing more to say. */
  public boolean isEnd() {
    return known.equals(ENDED);
  }

  @Override
  public String toString() {
    return log + "-" + known;
  }

  /** The place that {@link #toString()} wrote. */
  public static FollowerPlace parse(String field, String id) {
    Matcher parts = FORM.matcher(id);
    if (parts.matches()) {
      var log = LogPlace.parse(parts.group(1));
      if (log.isPresent()) {
        return new FollowerPlace(log.get(), parts.group(2));
      }
    }
    throw new InvalidValue(field, id, "give the id of an event of this build, or none");
  }
}
