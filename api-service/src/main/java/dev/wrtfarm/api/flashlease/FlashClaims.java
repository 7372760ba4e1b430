package dev.wrtfarm.api.flashlease;

import dev.wrtfarm.api.artifact.Downloads;
import dev.wrtfarm.api.build.Locks;
import dev.wrtfarm.api.flash.FlashJob;
import dev.wrtfarm.api.flash.FlashJobs;
import dev.wrtfarm.api.flash.FlashStates;
import dev.wrtfarm.api.flash.FlashTransition;
import dev.wrtfarm.api.lease.LeaseSecret;
import dev.wrtfarm.common.agent.FlashClaim;
import dev.wrtfarm.common.agent.FlashWork;
import dev.wrtfarm.common.agent.FlashWork.ImageSource;
import dev.wrtfarm.common.agent.FlashWork.Step;
import dev.wrtfarm.common.flash.FlashState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives an agent the next piece of work for its free slots, if there is one now. */
@ApplicationScoped
class FlashClaims {
  private final FlashJobs jobs;
  private final FlashStates states;
  private final Downloads downloads;
  private final Locks locks;
  private final FlashLeaseConfig config;

  FlashClaims(
      FlashJobs jobs,
      FlashStates states,
      Downloads downloads,
      Locks locks,
      FlashLeaseConfig config) {
    this.jobs = jobs;
    this.states = states;
    this.downloads = downloads;
    this.locks = locks;
    this.config = config;
  }

  @Transactional
  Optional<FlashWork> claim(FlashClaim asked) {
    String secret = LeaseSecret.hash(asked.nonce());
    // Two claims of one host at once could pass over the first in a slot's line; and the same nonce
    // twice at once must not get two jobs.
    locks.take("flash host " + asked.host());
    Optional<FlashJob> before = jobs.lockClaimed(secret);
    if (before.isPresent()) {
      return again(before.get());
    }
    return asked.slots().isEmpty()
        ? Optional.empty()
        : jobs.lockClaimable(asked.host(), asked.slots()).flatMap(job -> take(job, secret));
  }

  /** The answer to the first claim was lost: the same lease again, while nothing came of it. */
  private Optional<FlashWork> again(FlashJob job) {
    boolean waits = job.state() == FlashState.REQUESTED || job.state() == FlashState.CONFIRMED;
    return waits ? image(job).map(image -> work(job, job.fence(), image)) : Optional.empty();
  }

  private Optional<FlashWork> take(FlashJob job, String secret) {
    Optional<ImageSource> image = image(job);
    if (image.isEmpty()) {
      states.refuse(job, job.imageName() + " is not in the store any more");
      return Optional.empty();
    }
    states.change(
        job.state() == FlashState.REQUESTED
            ? FlashTransition.CLAIM_PLAN
            : FlashTransition.CLAIM_EXECUTE,
        job,
        """
        , secret_sha256 = :secret, lease_until = now() + make_interval(secs => :seconds)
        , phase = '', percent = 0, detail = ''
        """,
        Map.of("secret", secret, "seconds", config.lease().toMillis() / 1000.0));
    return image.map(source -> work(job, job.fence() + 1, source));
  }

  private Optional<ImageSource> image(FlashJob job) {
    return url(job)
        .map(url ->
            new ImageSource(
                job.imageName(), url, job.imageSha256(), job.imageSize(), job.imageId()));
  }

  private Optional<String> url(FlashJob job) {
    @Nullable String blob = job.blob();
    return blob == null
        ? Optional.ofNullable(job.imageUrl())
        : downloads.url(blob, job.imageName()).map(URI::toString);
  }

  private FlashWork work(FlashJob job, long fence, ImageSource image) {
    boolean planned = job.state() == FlashState.CONFIRMED;
    return new FlashWork(
        job.id(),
        fence,
        planned ? Step.EXECUTE : Step.PLAN,
        job.kind(),
        job.slot(),
        image,
        job.options(),
        job.unattended(),
        planned ? job.token() : null,
        (int) config.lease().toSeconds());
  }
}
