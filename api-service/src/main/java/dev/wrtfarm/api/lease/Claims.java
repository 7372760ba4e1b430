package dev.wrtfarm.api.lease;

import dev.wrtfarm.api.build.Attempt;
import dev.wrtfarm.api.build.Attempts;
import dev.wrtfarm.api.build.Build;
import dev.wrtfarm.api.build.BuildStates;
import dev.wrtfarm.api.build.Builds;
import dev.wrtfarm.api.build.Locks;
import dev.wrtfarm.api.build.Transition;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.value.InvalidValue;
import dev.wrtfarm.common.worker.Claim;
import dev.wrtfarm.common.worker.ClaimRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Gives a worker the best build that waits: highest priority, then lowest turn, from one index, so
 * that the cost does not grow with the queue.
 */
@ApplicationScoped
public class Claims {
  private static final Pattern WORKER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private final Builds builds;
  private final Attempts attempts;
  private final BuildStates states;
  private final Leases leases;
  private final Locks locks;
  private final LeaseConfig config;
  private final Event<ClaimAnswered> answers;

  Claims(
      Builds builds,
      Attempts attempts,
      BuildStates states,
      Leases leases,
      Locks locks,
      LeaseConfig config,
      Event<ClaimAnswered> answers) {
    this.builds = builds;
    this.attempts = attempts;
    this.states = states;
    this.leases = leases;
    this.locks = locks;
    this.config = config;
    this.answers = answers;
  }

  @Transactional
  public Optional<Claim> claim(ClaimRequest request) {
    LeaseSecret.check(request.nonce());
    if (!WORKER.matcher(request.worker()).matches()) {
      throw new InvalidValue(
          "worker", request.worker(), "give up to 64 letters, digits and . _ -, no sign first");
    }
    String secret = LeaseSecret.hash(request.nonce());
    // The same nonce twice at once must not get two builds.
    locks.take("claim " + secret);
    Optional<Attempt> before = attempts.withSecret(secret);
    Optional<Claim> claim =
        before.isPresent() ? again(before.get()) : next(request.worker(), secret);
    answers.fire(new ClaimAnswered(answer(before.isPresent(), claim.isPresent())));
    return claim;
  }

  private static ClaimAnswered.Answer answer(boolean askedBefore, boolean found) {
    if (!found) {
      return ClaimAnswered.Answer.EMPTY;
    }
    return askedBefore ? ClaimAnswered.Answer.AGAIN : ClaimAnswered.Answer.BUILD;
  }

  /**
   * The answer to the first claim was lost: the same lease again, while it is still the build's.
   */
  private Optional<Claim> again(Attempt attempt) {
    return builds
        .lock(attempt.buildId())
        .filter(build -> build.fence() == attempt.fence() && build.state() == BuildState.RUNNING)
        .map(build -> claim(build, build.fence(), build.attempt()));
  }

  private Optional<Claim> next(String worker, String secret) {
    Optional<Build> next = builds.lockNext();
    if (next.isEmpty()) {
      return Optional.empty();
    }
    Build build = next.get();
    int number = build.attempt() + 1;
    long fence = build.fence() + 1;
    states.change(
        Transition.CLAIM,
        build,
        """
        , secret_sha256 = :secret, worker = :worker, attempt = :number, offer_at = null
        , lease_until = now() + make_interval(secs => :seconds)
        , started_at = coalesce(started_at, now())
        , stage = null, percent = 0, detail = ''
        , archive = null, archive_url = null, archive_sha256 = null
        , package_set_digest = null, image_id = null
        """,
        Map.of(
            "secret", secret,
            "worker", worker,
            "number", number,
            "seconds", config.duration().toMillis() / 1000.0));
    attempts.start(build.id(), number, fence, secret, worker);
    return Optional.of(claim(build, fence, number));
  }

  private Claim claim(Build build, long fence, int number) {
    return new Claim(
        build.id(), fence, build.recipe(), build.recipeDigest(), number, leases.seconds());
  }
}
