package dev.wrtfarm.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.RequestView;
import dev.wrtfarm.system.FarmClient;
import dev.wrtfarm.system.cluster.Builds;
import dev.wrtfarm.system.cluster.Cluster;
import dev.wrtfarm.system.cluster.LogTails;
import dev.wrtfarm.system.cluster.Recipes;
import dev.wrtfarm.system.cluster.SharedCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever asks for the same thing at the same time gets the same build, whichever API he asks. */
@ExtendWith({SharedCluster.class, LogTails.class})
class OneFlightTest {
  private static final Duration BUILD = Duration.ofMinutes(6);
  private static final int ROUNDS = 10;
  private static final int CALLERS = 40;
  private static final int MIXED_CALLERS = 8;
  private static final int PHASES = 4;
  private static final int RECIPES = 3;
  private static final int STEPS = 12;
  private static final String TAG = "mixed";

  private final Cluster cluster;

  OneFlightTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void forty_simultaneous_equal_requests_over_two_replicas_make_one_build() throws Exception {
    cluster.workers(List.of("worker-1", "worker-2"), Map.of());
    for (int round = 1; round <= ROUNDS; round++) {
      List<RequestView> requests = atOnce(Recipes.fresh());

      List<String> builds = requests.stream().map(each -> each.build().id()).distinct().toList();
      assertThat(builds).as("round " + round).hasSize(1);
      assertThat(requests.stream().map(RequestView::id).distinct()).hasSize(CALLERS);
      assertThat(requests.stream().filter(each -> each.outcome().equals("queued"))).hasSize(1);
      BuildView ended = cluster.api(0).client().awaitEnd(builds.getFirst(), BUILD);
      assertThat(ended.state()).as(ended.toString()).isEqualTo(BuildState.SUCCEEDED);
      assertThat(ended.attempts()).hasSize(1);
      assertThat(
              cluster
                  .database()
                  .value(
                      "select count(*) from build where recipe_digest = '%s'"
                          .formatted(ended.recipeDigest())))
          .isEqualTo("1");
    }
  }

  @Test
  void every_accepted_request_is_in_the_ledger_once_however_they_are_mixed() throws Exception {
    long seed = Long.getLong("wrtfarm.test.seed", 20_261_123L);
    cluster.workers(List.of("worker-1", "worker-2"), Map.of());
    Ledger ledger = new Ledger();
    List<List<String>> recipes =
        IntStream.range(0, PHASES).mapToObj(n -> Recipes.fresh(RECIPES, TAG)).toList();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int caller = 0; caller < MIXED_CALLERS; caller++) {
        Random random = new Random(seed + caller);
        FarmClient client = cluster.api(caller % cluster.replicas().size()).client();
        running.add(callers.submit(() -> mix(random, client, recipes, ledger)));
      }
      for (Future<?> each : running) {
        each.get();
      }
    }
    ledger.balance(new Builds(cluster.api(1)), cluster.database(), TAG);
  }

  /** Submits, forces and cancels as the seed says; the recipes change from phase to phase. */
  private static void mix(
      Random random, FarmClient client, List<List<String>> recipes, Ledger ledger) {
    for (List<String> phase : recipes) {
      List<String> own = new ArrayList<>();
      for (int step = 0; step < STEPS; step++) {
        if (own.isEmpty() || random.nextInt(10) < 6) {
          String body = phase.get(random.nextInt(phase.size()));
          boolean forced = random.nextInt(10) == 0;
          RequestView request =
              FarmClient.accepted(client.postUntilTaken(forced ? Recipes.forced(body) : body));
          ledger.accepted(request, forced);
          own.add(request.id());
        } else {
          String request = own.remove(random.nextInt(own.size()));
          assertThat(client.cancel(request)).isEqualTo(204);
          if (client.request(request).cancelled()) {
            ledger.cancelled(request);
          }
        }
      }
    }
  }

  private List<RequestView> atOnce(String body) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<RequestView>> answers =
          IntStream.range(0, CALLERS).mapToObj(n -> callers.submit(call(n, body, start))).toList();
      start.countDown();
      List<RequestView> requests = new ArrayList<>();
      for (Future<RequestView> each : answers) {
        requests.add(each.get());
      }
      return requests;
    }
  }

  private Callable<RequestView> call(int number, String body, CountDownLatch start) {
    FarmClient client = cluster.api(number % cluster.replicas().size()).client();
    return () -> {
      start.await();
      return FarmClient.accepted(client.postUntilTaken(body));
    };
  }
}
