package dev.wrtfarm.api.submission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrtfarm.api.imagebuilder.UnknownRelease;
import dev.wrtfarm.api.imagebuilder.UpstreamCatalog;
import dev.wrtfarm.api.profile.Profiles;
import dev.wrtfarm.api.profile.UnknownProfile;
import dev.wrtfarm.common.rest.ForecastView;
import dev.wrtfarm.common.rest.RequestView;
import dev.wrtfarm.common.rest.SubmitBuild;
import dev.wrtfarm.common.value.InvalidValue;
import dev.wrtfarm.common.value.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import org.jspecify.annotations.Nullable;

/** What every front end calls to have something built. */
@ApplicationScoped
public class BuildRequests {
  private final Profiles profiles;
  private final UpstreamCatalog upstream;
  private final Submissions submissions;
  private final Forecasts forecasts;
  private final Requests requests;
  private final ObjectMapper json;
  private final Event<RequestRefused> refusals;

  BuildRequests(
      Profiles profiles,
      UpstreamCatalog upstream,
      Submissions submissions,
      Forecasts forecasts,
      Requests requests,
      ObjectMapper json,
      Event<RequestRefused> refusals) {
    this.profiles = profiles;
    this.upstream = upstream;
    this.submissions = submissions;
    this.forecasts = forecasts;
    this.requests = requests;
    this.json = json;
    this.refusals = refusals;
  }

  /**
   * Answers with the request and its build.
   *
   * @param key the caller's idempotency key
   */
  public RequestView submit(SubmitBuild submitted, @Nullable String key) {
    String request;
    try {
      request =
          key == null
              ? submissions.submit(submission(submitted, null))
              : once(submitted, new IdempotencyKey(key, digest(submitted)));
    } catch (InvalidValue | UnknownProfile | UnknownRelease | KeyReused | NoRecord e) {
      refusals.fire(new RequestRefused());
      throw e;
    }
    return requests.view(request);
  }

  /**
   * The key comes before anything else: what was accepted once is not refused the second time,
   * though its profile may be gone by now, or the download server away.
   */
  private String once(SubmitBuild submitted, IdempotencyKey key) {
    return submissions
        .before(Submission.LOCAL, key)
        .orElseGet(() -> submissions.submit(submission(submitted, key)));
  }

  /** Answers with what {@link #submit} would do now, and does nothing. */
  public ForecastView forecast(SubmitBuild submitted) {
    return forecasts.of(submission(submitted, null));
  }

  private Submission submission(SubmitBuild submitted, @Nullable IdempotencyKey key) {
    Wish wish = Wish.of(submitted, profiles);
    upstream.check(wish.recipe());
    return new Submission(Submission.LOCAL, wish, key);
  }

  private String digest(SubmitBuild submitted) {
    try {
      return Sha256.of(json.writeValueAsString(submitted)).hex();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a submission always has a JSON form", e);
    }
  }
}
