package dev.wrtfarm.worker.testing;

import dev.wrtfarm.worker.claim.Dispatch;
import dev.wrtfarm.worker.claim.Queueing;
import dev.wrtfarm.worker.claim.Slots;
import dev.wrtfarm.worker.claim.WorkerIdentity;
import dev.wrtfarm.worker.farm.Farm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A whole worker without its container. */
public final class RunningWorker implements AutoCloseable {
  public static final String TOPIC_PREFIX = "wrtfarm";
  private static final Duration LONGEST = Duration.ofMinutes(3);

  private final List<String> outcomes = new ArrayList<>();
  private final Slots slots = new Slots(1);
  private final Dispatch dispatch;
  private final Workshop workshop;

  public RunningWorker(
      StandInFarm farm,
      Workshop workshop,
      Path dir,
      Duration idlePoll,
      Optional<Map<String, Object>> kafka)
      throws IOException {
    this.workshop = workshop;
    List<URI> urls = List.of(URI.create("http://127.0.0.1:9"), farm.url());
    dispatch =
        Dispatch.of(
            new Farm(urls, StandInFarm.tokenFile(dir), Workshop.IMPATIENT),
            new WorkerIdentity("worker-1", TOPIC_PREFIX, Duration.ofMillis(200), idlePoll),
            kafka,
            slots,
            workshop.line(),
            workshop.scratch(),
            (outcome, _) -> ended(outcome),
            Queueing.NOBODY);
    dispatch.start();
  }

  /** The next end of an attempt: {@code succeeded}, {@code stopped} … */
  public synchronized String outcome() throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (outcomes.isEmpty() && System.nanoTime() < deadline) {
      wait(1_000);
    }
    return outcomes.isEmpty() ? "none in time" : outcomes.removeFirst();
  }

  public void stop() throws InterruptedException {
    stop(Duration.ZERO, Duration.ZERO);
  }

  /**
   * A worker ends its process when this long is over, whatever runs then. Here the process goes on,
   * and what still runs would meet the next test, or the deletion of its folder.
   */
  public void stop(Duration patience, Duration delivery) throws InterruptedException {
    dispatch.stop(patience, delivery);
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (slots.busy() > 0) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("a build of a stopped worker still runs after " + LONGEST);
      }
      Thread.sleep(20);
    }
  }

  public boolean hearsOffers() {
    return dispatch.hearsOffers();
  }

  public boolean draining() {
    return dispatch.draining();
  }

  private synchronized void ended(String outcome) {
    outcomes.add(outcome);
    notifyAll();
  }

  @Override
  public void close() throws InterruptedException {
    stop();
    workshop.close();
  }
}
