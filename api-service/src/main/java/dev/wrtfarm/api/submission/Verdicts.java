package dev.wrtfarm.api.submission;

import dev.wrtfarm.api.build.Build;
import dev.wrtfarm.api.build.Builds;
import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.common.rest.BuildMode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides what a wish comes to, and writes nothing. The one place of this rule: a submission acts
 * on it, a forecast only tells it. Each question is a statement of its own: it sees what those that
 * came before have committed.
 */
@ApplicationScoped
class Verdicts {
  private final Builds builds;
  private final ReuseConfig reuse;

  Verdicts(Builds builds, ReuseConfig reuse) {
    this.builds = builds;
    this.reuse = reuse;
  }

  Verdict of(Wish wish) {
    String digest = wish.recipe().digest().hex();
    Optional<Build> unfinished = builds.lockUnfinished(digest);
    return switch (wish.mode()) {
      case BUILD_OR_REUSE ->
          unfinished
              .map(build -> Verdict.attached(build, inFlight(build) + ": the request joins it"))
              .or(() -> earlier(wish.recipe(), digest))
              .orElseGet(() -> Verdict.queued(nothing() + ": a new build is made"));
      case FORCE ->
          unfinished
              .map(build ->
                  Verdict.attached(
                      build, inFlight(build) + ": the request joins it, and it makes its image"))
              .orElseGet(() -> Verdict.queued("a new build is made, whatever there is"));
      case REUSE_ONLY ->
          record(wish.recipe(), digest)
              .orElseGet(() -> Verdict.refused(instead(wish.recipe(), digest, unfinished)));
    };
  }

  /** A fresh record, or else a failure that would only repeat itself. */
  private Optional<Verdict> earlier(Recipe recipe, String digest) {
    return record(recipe, digest)
        .or(() ->
            builds
                .lockFinalFailure(digest, reuse.failure(recipe))
                .map(build ->
                    Verdict.reused(build, failure(build) + ", and would only fail again")));
  }

  private Optional<Verdict> record(Recipe recipe, String digest) {
    return builds
        .lockFreshRecord(digest, reuse.freshness(recipe))
        .map(build ->
            Verdict.reused(build, "build %s made this, and is fresh".formatted(build.id())));
  }

  /** What there is of this recipe when a record was asked for and none is fresh. */
  private String instead(Recipe recipe, String digest, Optional<Build> unfinished) {
    return unfinished
            .map(build -> "there is no fresh record: " + inFlight(build))
            .or(() ->
                builds
                    .lastSuccess(digest)
                    .map(build ->
                        "the record of this recipe, build %s, is older than %s or not whole any more"
                            .formatted(build.id(), words(reuse.freshness(recipe)))))
            .or(() ->
                builds.lastFailure(digest).map(build -> "there is no record: " + failure(build)))
            .orElseGet(Verdicts::nothing)
        + "; mode %s has one made".formatted(BuildMode.BUILD_OR_REUSE.word());
  }

  private static String inFlight(Build build) {
    return "build %s of this recipe is %s"
        .formatted(build.id(), build.state().name().toLowerCase(Locale.ROOT));
  }

  private static String failure(Build build) {
    return "build %s of this recipe failed".formatted(build.id());
  }

  private static String nothing() {
    return "there is no record of this recipe and no build in flight";
  }

  private static String words(Duration age) {
    return age.toMinutes() % 60 == 0 ? age.toHours() + " h" : age.toMinutes() + " min";
  }
}
