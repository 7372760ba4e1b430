package dev.wrtfarm.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.worker.farm.Farm;
import dev.wrtfarm.worker.testing.Eventually;
import dev.wrtfarm.worker.testing.StandInFarm;
import dev.wrtfarm.worker.testing.Workshop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an offer when the worker itself fails over it. */
class HeldOfferTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path dir;

  @Test
  void an_offer_goes_back_when_the_worker_makes_a_mistake_over_it() throws Exception {
    InMemoryOffers offers = new InMemoryOffers();
    try (StandInFarm farm = new StandInFarm()) {
      Farm calls = new Farm(List.of(farm.url()), StandInFarm.tokenFile(dir), Workshop.IMPATIENT);
      Claims claims =
          new Claims(
              calls,
              "worker-1",
              (_, _) -> {
                throw new IllegalStateException("a mistake on purpose");
              });
      Dispatch dispatch =
          new Dispatch(
              claims,
              offers,
              Queueing.NOBODY,
              new Slots(1),
              new Setbacks((_, _) -> {}, System::nanoTime),
              calls.backoff(),
              Duration.ofHours(1));
      dispatch.start();
      Eventually.holds("the worker waits", LIMIT, () -> offers.awaited);
      farm.offers("build-1", Recipe.of("24.10.0", "x86/64", "generic"));
      offers.arrived.release();
      Eventually.holds("the offer is done with", LIMIT, () -> !offers.fates.isEmpty());
      Eventually.holds("the worker asks again", LIMIT, () -> farm.calls("claim").size() >= 3);
      dispatch.stop(Duration.ZERO, Duration.ZERO);
    }
    assertThat(offers.fates).containsExactly("released");
  }

  private static final class InMemoryOffers implements Offers {
    private final Semaphore arrived = new Semaphore(0);
    private final List<String> fates = new CopyOnWriteArrayList<>();
    private volatile boolean awaited;
    private volatile boolean woken;

    @Override
    public boolean await(Duration atMost) throws InterruptedException {
      awaited = true;
      return arrived.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS) && !woken;
    }

    @Override
    public void accept() {
      fates.add("accepted");
    }

    @Override
    public void release() {
      fates.add("released");
    }

    @Override
    public boolean connected() {
      return true;
    }

    @Override
    public void wake() {
      woken = true;
      arrived.release();
    }

    @Override
    public void close() {}
  }
}
