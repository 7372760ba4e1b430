package dev.wrtfarm.api.submission;

import dev.wrtfarm.api.build.Build;
import dev.wrtfarm.api.build.Builds;
import dev.wrtfarm.api.build.Locks;
import dev.wrtfarm.common.recipe.Recipe;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.util.Optional;

/**
 * Takes a wish in, in one transaction. Equal wishes meet at an advisory lock on the recipe's
 * digest, so that of any number of them one makes a build and the others find it. Each step is a
 * statement of its own: it sees what those that came before have committed.
 */
@ApplicationScoped
public class Submissions {
  private final Builds builds;
  private final QueuePlaces places;
  private final Requests requests;
  private final IdempotencyKeys keys;
  private final Locks locks;
  private final ReuseConfig reuse;
  private final Event<RequestMade> made;

  Submissions(
      Builds builds,
      QueuePlaces places,
      Requests requests,
      IdempotencyKeys keys,
      Locks locks,
      ReuseConfig reuse,
      Event<RequestMade> made) {
    this.builds = builds;
    this.places = places;
    this.requests = requests;
    this.keys = keys;
    this.locks = locks;
    this.reuse = reuse;
    this.made = made;
  }

  /** Answers with the request's id. */
  @Transactional
  public String submit(Submission submission) {
    IdempotencyKey key = submission.key();
    Optional<String> before = key == null ? Optional.empty() : keys.find(submission.tenant(), key);
    if (before.isPresent()) {
      return before.get();
    }
    String digest = submission.wish().recipe().digest().hex();
    locks.take("recipe " + digest);
    String request = place(submission, digest);
    if (key != null) {
      keys.keep(submission.tenant(), key, request);
    }
    return request;
  }

  private String place(Submission submission, String digest) {
    Optional<Build> unfinished = builds.lockUnfinished(digest);
    if (unfinished.isPresent()) {
      places.improve(unfinished.get(), submission);
      return request(submission, unfinished.get().id(), Outcome.ATTACHED);
    }
    Optional<Build> earlier = earlier(submission.wish().recipe(), digest);
    if (earlier.isPresent()) {
      places.touch(earlier.get());
      return request(submission, earlier.get().id(), Outcome.REUSED);
    }
    return request(submission, places.insert(submission, digest), Outcome.QUEUED);
  }

  /** A fresh record, or else a failure that would only repeat itself. */
  private Optional<Build> earlier(Recipe recipe, String digest) {
    return builds
        .lockFreshRecord(digest, reuse.freshness(recipe))
        .or(() -> builds.lockFinalFailure(digest, reuse.failure(recipe)));
  }

  private String request(Submission submission, String build, Outcome outcome) {
    made.fire(new RequestMade(outcome));
    return requests.insert(submission.tenant(), build, outcome);
  }
}
