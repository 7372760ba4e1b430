package dev.wrtfarm.worker.claim;

import dev.wrtfarm.worker.claim.Queueing.ClaimAnswer;
import dev.wrtfarm.worker.claim.Queueing.OfferFate;
import dev.wrtfarm.worker.farm.Backoff;
import dev.wrtfarm.worker.farm.Farm;
import dev.wrtfarm.worker.farm.FarmUnreachable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Asks for builds while a slot is free.
 *
 * <p>An offer is a hint to ask; the farm decides which build it is. A claim that brought a build is
 * followed by another. When the farm cannot be asked, the offer goes back once, and the worker
 * leaves Kafka alone until the farm answers: otherwise one worker that cannot reach it would use up
 * the deliveries of every offer. An idle worker also asks now and then, so a lost offer costs
 * seconds. A host on which attempts keep failing before they have begun an image asks less often.
 */
public final class Dispatch {
  private static final Logger LOG = Logger.getLogger(Dispatch.class);
  private static final Duration END = Duration.ofSeconds(1);

  private final Claims claims;
  private final Offers offers;
  private final Queueing queueing;
  private final Slots slots;
  private final Setbacks setbacks;
  private final Backoff backoff;
  private final Duration idlePoll;
  private final Drain drain;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private int unreachable;
  private long askAt = System.nanoTime();

  /** Not yet started. */
  Dispatch(
      Claims claims,
      Offers offers,
      Queueing queueing,
      Slots slots,
      Setbacks setbacks,
      Backoff backoff,
      Duration idlePoll) {
    this.claims = claims;
    this.offers = offers;
    this.queueing = queueing;
    this.slots = slots;
    this.setbacks = setbacks;
    this.backoff = backoff;
    this.idlePoll = idlePoll;
    this.drain = new Drain(slots);
    this.thread = Thread.ofPlatform().name("dispatch").unstarted(this::loop);
  }

  /**
   * A dispatch that runs its builds in the slots.
   *
   * @param kafka how to reach the broker; empty for a worker that only asks
   */
  public static Dispatch of(
      Farm farm,
      WorkerIdentity worker,
      Optional<Map<String, Object>> kafka,
      Slots slots,
      StageLine line,
      Path scratch,
      Outcomes outcomes,
      Queueing queueing) {
    Offers offers =
        kafka
            .<Offers>map(
                connection -> new KafkaOffers(connection, worker.id(), worker.topicPrefix()))
            .orElseGet(NoOffers::new);
    Setbacks setbacks = new Setbacks(outcomes, System::nanoTime);
    Claims claims =
        new Claims(
            farm,
            worker.id(),
            (claim, nonce) ->
                new BuildRun(
                    farm.leased(claim, nonce),
                    line,
                    scratch.resolve(UUID.randomUUID().toString()),
                    worker.heartbeat(),
                    setbacks));
    return new Dispatch(
        claims, offers, queueing, slots, setbacks, farm.backoff(), worker.idlePoll());
  }

  public void start() {
    thread.start();
  }

  /** Whether the worker has been told to stop. */
  public boolean draining() {
    return drain.begun();
  }

  /** Whether offers can arrive now; never in a worker that only asks. */
  public boolean hearsOffers() {
    return offers.connected();
  }

  /**
   * Takes nothing more, and returns when all that runs has ended or gone back. Called again while
   * it drains, it ends the patience.
   *
   * @param patience for builds to end by themselves; zero hands them back at once
   * @param delivery for an end that is being reported when the patience is over
   */
  public void stop(Duration patience, Duration delivery) throws InterruptedException {
    stopping.countDown();
    offers.wake();
    drain.run(patience, delivery);
    // A consumer leaves its group in order only when nobody interrupts it.
    thread.join(END);
    thread.interrupt();
    thread.join(END);
  }

  private void loop() {
    try (offers) {
      while (slots.take()) {
        if (safely() != ClaimAnswer.BUILD) {
          slots.giveBack();
        }
      }
    } catch (InterruptedException e) {
      if (!isStopping()) {
        throw new IllegalStateException("dispatch was interrupted", e);
      }
    }
  }

  /** A worker that runs and never asks would be worse than one that is down. */
  private ClaimAnswer safely() throws InterruptedException {
    try {
      return step();
    } catch (RuntimeException | Error e) {
      LOG.error("the worker made a mistake while it asked for builds", e);
      unreachable++;
      return ClaimAnswer.UNREACHABLE;
    }
  }

  /** Has a slot, which an answer of BUILD takes. */
  private ClaimAnswer step() throws InterruptedException {
    Duration pause = setbacks.pause();
    if (!pause.isZero()) {
      LOG.infof("no build is asked for in the next %d ms: this host failed", pause.toMillis());
      boolean _ = stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS);
      return ClaimAnswer.NOTHING;
    }
    if (unreachable > 0) {
      boolean _ = stopping.await(backoff.after(unreachable - 1).toMillis(), TimeUnit.MILLISECONDS);
      return ask();
    }
    long wait = askAt - System.nanoTime();
    if (wait <= 0) {
      return ask();
    }
    if (!offers.await(Duration.ofNanos(wait).plusMillis(1))) {
      return ClaimAnswer.NOTHING;
    }
    queueing.offer(OfferFate.RECEIVED);
    ClaimAnswer answer;
    try {
      answer = isStopping() ? ClaimAnswer.UNREACHABLE : ask();
    } catch (RuntimeException | Error e) {
      settle(ClaimAnswer.UNREACHABLE);
      throw e;
    }
    settle(answer);
    return answer;
  }

  /** An offer that is still held spoils the next poll. */
  private void settle(ClaimAnswer answer) {
    if (answer == ClaimAnswer.UNREACHABLE) {
      offers.release();
      queueing.offer(OfferFate.RELEASED);
    } else {
      offers.accept();
      queueing.offer(OfferFate.ACCEPTED);
    }
  }

  private ClaimAnswer ask() throws InterruptedException {
    if (isStopping()) {
      return ClaimAnswer.NOTHING;
    }
    try {
      Optional<BuildRun> build = claims.ask();
      answered();
      queueing.claim(build.isPresent() ? ClaimAnswer.BUILD : ClaimAnswer.NOTHING);
      if (build.isEmpty()) {
        askAt = System.nanoTime() + jittered(idlePoll);
        return ClaimAnswer.NOTHING;
      }
      askAt = System.nanoTime();
      return begun(build.get()) ? ClaimAnswer.BUILD : ClaimAnswer.NOTHING;
    } catch (FarmUnreachable e) {
      queueing.claim(ClaimAnswer.UNREACHABLE);
      if (unreachable++ == 0) {
        LOG.warnf("the farm cannot be asked: %s", e.getMessage());
      }
      return ClaimAnswer.UNREACHABLE;
    }
  }

  private boolean begun(BuildRun build) {
    try {
      if (slots.start(build)) {
        return true;
      }
    } catch (OutOfMemoryError e) {
      build.handBack("this host has no thread for it", Duration.ZERO);
      throw e;
    }
    build.handBack("the worker is shutting down", Duration.ZERO);
    return false;
  }

  private void answered() {
    if (unreachable > 0) {
      LOG.info("the farm answers again");
    }
    unreachable = 0;
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  /** Between three quarters and all of it. */
  private static long jittered(Duration time) {
    long nanos = time.toNanos();
    return nanos - ThreadLocalRandom.current().nextLong(nanos / 4 + 1);
  }
}
