package dev.wrtfarm.api.submission;

import dev.wrtfarm.api.build.Build;
import org.jspecify.annotations.Nullable;

/**
 * What a wish comes to.
 *
 * @param build that answers it, locked; none when a new one has to be made, or none may answer
 * @param why a sentence for people
 */
record Verdict(Outcome outcome, @Nullable Build build, String why) {
  static Verdict queued(String why) {
    return new Verdict(Outcome.QUEUED, null, why);
  }

  static Verdict refused(String why) {
    return new Verdict(Outcome.REFUSED, null, why);
  }

  static Verdict attached(Build build, String why) {
    return new Verdict(Outcome.ATTACHED, build, why);
  }

  static Verdict reused(Build build, String why) {
    return new Verdict(Outcome.REUSED, build, why);
  }
}
