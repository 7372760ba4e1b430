package dev.wrtfarm.api.submission;

import static java.util.Objects.requireNonNull;

import dev.wrtfarm.api.build.Build;
import dev.wrtfarm.api.build.Locks;
import dev.wrtfarm.api.submission.IdempotencyKeys.Scope;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Takes a wish in, in one transaction. Equal wishes meet at an advisory lock on the recipe's
 * digest, so that of any number of them one makes a build and the others find it. Each step is a
 * statement of its own: it sees what those that came before have committed.
 */
@ApplicationScoped
public class Submissions {
  /** Whoever waits for a lock holds a connection, and workers' calls need some too. */
  private static final int AT_ONCE = 8;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Verdicts verdicts;
  private final QueuePlaces places;
  private final Requests requests;
  private final IdempotencyKeys keys;
  private final Locks locks;
  private final Event<RequestMade> made;
  private final Semaphore entrance = new Semaphore(AT_ONCE, true);

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

  /** The request that came with this key before; throws {@link KeyReused}. */
  @Transactional
  Optional<String> before(String tenant, IdempotencyKey key) {
    return keys.find(Scope.BUILD, tenant, key);
  }

  /** Answers with the request's id. */
  public String submit(Submission submission) {
    try {
      if (!entrance.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TooManySubmissions();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TooManySubmissions();
    }
    try {
      return QuarkusTransaction.requiringNew().call(() -> request(submission));
    } finally {
      entrance.release();
    }
  }

  private String request(Submission submission) {
    IdempotencyKey key = submission.key();
    Optional<String> before =
        key == null ? Optional.empty() : keys.find(Scope.BUILD, submission.tenant(), key);
    if (before.isPresent()) {
      return before.get();
    }
    String digest = submission.wish().recipe().digest().hex();
    locks.take("recipe " + digest);
    String request = place(submission, digest);
    if (key != null) {
      keys.keep(Scope.BUILD, submission.tenant(), key, request);
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
