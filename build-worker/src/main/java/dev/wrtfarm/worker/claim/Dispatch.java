package dev.wrtfarm.worker.claim;

import dev.wrtfarm.common.worker.Claim;
import dev.wrtfarm.common.worker.ClaimRequest;
import dev.wrtfarm.worker.farm.Backoff;
import dev.wrtfarm.worker.farm.Farm;
import dev.wrtfarm.worker.farm.FarmUnreachable;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;

/**
 * Asks for builds while a slot is free.
 *
 * <p>An offer is a hint to ask; the farm decides which build it is. A claim that brought a build is
 * followed by another. When the farm cannot be asked, the offer goes back once, and the worker
 * leaves Kafka alone until the farm answers: otherwise one worker that cannot reach it would use up
 * the deliveries of every offer. An idle worker also asks now and then, so a lost offer costs
 * seconds.
 */
public final class Dispatch {
  private static final Logger LOG = Logger.getLogger(Dispatch.class);
  private static final int NONCE_BYTES = 16;
  private static final Duration WAKES = Duration.ofSeconds(1);

  private enum Answer {
    BUILD,
    NOTHING,
    UNREACHABLE
  }

  private final Farm farm;
  private final String worker;
  private final Offers offers;
  private final Slots slots;
  private final Backoff backoff;
  private final Duration idlePoll;
  private final BiFunction<Claim, String, BuildRun> runs;
  private final SecureRandom random = new SecureRandom();
  private final Thread thread;
  private String nonce = "";
  private int unreachable;
  private long askAt = System.nanoTime();
  private volatile boolean stopping;

  /**
   * Not yet started.
   *
   * @param runs makes the run of a claim made with a nonce
   */
  Dispatch(
      Farm farm,
      String worker,
      Offers offers,
      Slots slots,
      Backoff backoff,
      Duration idlePoll,
      BiFunction<Claim, String, BuildRun> runs) {
    this.farm = farm;
    this.worker = worker;
    this.offers = offers;
    this.slots = slots;
    this.backoff = backoff;
    this.idlePoll = idlePoll;
    this.runs = runs;
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
      Outcomes outcomes) {
    Offers offers =
        kafka
            .<Offers>map(
                connection -> new KafkaOffers(connection, worker.id(), worker.topicPrefix()))
            .orElseGet(NoOffers::new);
    return new Dispatch(
        farm,
        worker.id(),
        offers,
        slots,
        new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(5)),
        worker.idlePoll(),
        (claim, nonce) ->
            new BuildRun(
                farm.leased(claim, nonce),
                line,
                scratch.resolve(UUID.randomUUID().toString()),
                worker.heartbeat(),
                outcomes));
  }

  public void start() {
    thread.start();
  }

  /** Takes nothing more, gives back what runs, and returns when all of it has ended. */
  public void stop(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    stopping = true;
    offers.wake();
    slots.running().parallelStream().forEach(run -> run.release("the worker is shutting down"));
    for (Thread each : slots.threads()) {
      each.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }
    // A consumer leaves its group in order only when nobody interrupts it.
    thread.join(WAKES);
    thread.interrupt();
    thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    slots.running().forEach(run -> LOG.warnf("build %s did not end in time", run.id()));
  }

  private void loop() {
    try (offers) {
      while (!stopping) {
        slots.take();
        if (step() != Answer.BUILD) {
          slots.giveBack();
        }
      }
    } catch (InterruptedException e) {
      if (!stopping) {
        throw new IllegalStateException("dispatch was interrupted", e);
      }
    }
  }

  /** Has a slot, which an answer of BUILD takes. */
  private Answer step() throws InterruptedException {
    if (unreachable > 0) {
      Thread.sleep(backoff.after(unreachable - 1));
      return ask();
    }
    long wait = askAt - System.nanoTime();
    if (wait <= 0) {
      return ask();
    }
    if (!offers.await(Duration.ofNanos(wait).plusMillis(1))) {
      return Answer.NOTHING;
    }
    Answer answer = ask();
    if (answer == Answer.UNREACHABLE) {
      offers.release();
    } else {
      offers.accept();
    }
    return answer;
  }

  private Answer ask() throws InterruptedException {
    if (stopping) {
      return Answer.NOTHING;
    }
    if (nonce.isEmpty()) {
      byte[] bytes = new byte[NONCE_BYTES];
      random.nextBytes(bytes);
      nonce = HexFormat.of().formatHex(bytes);
    }
    try {
      Optional<Claim> claim = farm.claim(new ClaimRequest(worker, nonce));
      answered();
      // Only an answer that was lost is asked for again; this nonce has had its own.
      String secret = nonce;
      nonce = "";
      if (claim.isEmpty()) {
        askAt = System.nanoTime() + jittered(idlePoll);
        return Answer.NOTHING;
      }
      askAt = System.nanoTime();
      slots.start(runs.apply(claim.get(), secret));
      return Answer.BUILD;
    } catch (FarmUnreachable e) {
      if (unreachable++ == 0) {
        LOG.warnf("the farm cannot be asked: %s", e.getMessage());
      }
      return Answer.UNREACHABLE;
    }
  }

  private void answered() {
    if (unreachable > 0) {
      LOG.info("the farm answers again");
    }
    unreachable = 0;
  }

  /** Between three quarters and all of it. */
  private static long jittered(Duration time) {
    long nanos = time.toNanos();
    return nanos - ThreadLocalRandom.current().nextLong(nanos / 4 + 1);
  }
}
