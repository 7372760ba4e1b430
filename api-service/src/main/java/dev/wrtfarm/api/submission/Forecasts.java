package dev.wrtfarm.api.submission;

import dev.wrtfarm.api.build.Build;
import dev.wrtfarm.api.build.BuildViews;
import dev.wrtfarm.common.rest.ForecastView;
import dev.wrtfarm.common.rest.ProfileView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a submission would come to, by the same rule, and writes nothing. The next submission
 * may change it.
 */
@ApplicationScoped
class Forecasts {
  private final Verdicts verdicts;
  private final QueuePlaces places;
  private final BuildViews views;

  Forecasts(Verdicts verdicts, QueuePlaces places, BuildViews views) {
    this.verdicts = verdicts;
    this.places = places;
    this.views = views;
  }

  @Transactional
  ForecastView of(Submission submission) {
    Wish wish = submission.wish();
    Verdict verdict = verdicts.of(wish);
    Build build = verdict.build();
    boolean waits = verdict.outcome() == Outcome.QUEUED || verdict.outcome() == Outcome.ATTACHED;
    return new ForecastView(
        verdict.outcome().word(),
        verdict.why(),
        wish.mode().word(),
        name(wish.profile()),
        wish.recipe(),
        wish.recipe().digest().hex(),
        build == null ? null : views.view(build.id()),
        waits ? places.waitingBefore(submission, build) : 0);
  }

  private static @Nullable String name(@Nullable ProfileView profile) {
    return profile == null ? null : profile.id() + "@" + profile.revision();
  }
}
