package dev.wrtfarm.api.submission;

import static java.util.Objects.requireNonNull;

import dev.wrtfarm.api.build.Build;
import dev.wrtfarm.api.build.Locks;
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
  private final Verdicts verdicts;
  private final QueuePlaces places;
  private final Requests requests;
  private final IdempotencyKeys keys;
  private final Locks locks;
  private final Event<RequestMade> made;

  Submissions(
      Verdicts verdicts,
      QueuePlaces places,
      Requests requests,
      IdempotencyKeys keys,
      Locks locks,
      Event<RequestMade> made) {
    this.verdicts = verdicts;
    this.places = places;
    this.requests = requests;
    this.keys = keys;
    this.locks = locks;
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
    Verdict verdict = verdicts.of(submission.wish());
    Build build = verdict.build();
    String answering =
        switch (verdict.outcome()) {
          case QUEUED -> places.insert(submission, digest);
          case ATTACHED -> places.improve(requireNonNull(build), submission);
          case REUSED -> places.touch(requireNonNull(build));
          case REFUSED -> throw new NoRecord(verdict.why());
        };
    made.fire(new RequestMade(verdict.outcome()));
    return requests.insert(submission.tenant(), answering, verdict.outcome());
  }
}
