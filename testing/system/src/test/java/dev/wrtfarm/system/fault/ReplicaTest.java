package dev.wrtfarm.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.RequestView;
import dev.wrtfarm.system.FarmClient;
import dev.wrtfarm.system.cluster.AnyReplica;
import dev.wrtfarm.system.cluster.ApiReplica;
import dev.wrtfarm.system.cluster.Builds;
import dev.wrtfarm.system.cluster.Cluster;
import dev.wrtfarm.system.cluster.Eventually;
import dev.wrtfarm.system.cluster.LogTails;
import dev.wrtfarm.system.cluster.Recipes;
import dev.wrtfarm.system.cluster.SharedCluster;
import dev.wrtfarm.system.cluster.WorkerProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** No replica of the API is special. */
@ExtendWith({SharedCluster.class, LogTails.class})
class ReplicaTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int CALLERS = 4;
  private static final Pattern SENT =
      Pattern.compile("wrtfarm_offers_total\\{[^}]*outcome=\"sent\"[^}]*} [1-9]");

  private final Cluster cluster;
  private final ApiReplica first;
  private final ApiReplica second;

  ReplicaTest(Cluster cluster) {
    this.cluster = cluster;
    this.first = cluster.api(0);
    this.second = cluster.api(1);
  }

  @Test
  void a_build_whose_offer_died_with_its_replica_starts_all_the_same_and_once() {
    WorkerProcess worker = cluster.worker("worker-1", Map.of());
    Builds builds = new Builds(first);
    builds.awaitSmoothSuccess(builds.queue(Recipes.fresh()));
    // Only the first replica's relay may take the offers, and only the broker may let one wait.
    worker.freeze();
    second.kill();
    // A relay looks at its topics before it takes anything, and trusts that look for a minute: one
    // that has just sent its first offer will not look again before it takes the next.
    first.kill();
    first.startAgain();
    builds.queue(Recipes.fresh());
    Eventually.holds("the relay has sent an offer", LIMIT, () -> hasSent(first));
    cluster.parts().broker().pause();
    String build = builds.queue(Recipes.fresh());
    Eventually.holds("the offer is out of the outbox", LIMIT, () -> isTaken(build));
    first.kill();
    cluster.parts().broker().resume();
    worker.thaw();
    second.startAgain();

    BuildView ended = new Builds(second).awaitSmoothSuccess(build);
    assertThat(ended.attempts().getFirst().worker()).isEqualTo(worker.id());
  }

  private static boolean hasSent(ApiReplica replica) {
    String metrics = replica.client().get("/q/metrics").body();
    return SENT.matcher(metrics).find();
  }

  private boolean isTaken(String build) {
    return cluster
        .database()
        .column(
            "select id from build where offer_at is null and state = 'QUEUED' and id = '%s'"
                .formatted(build))
        .contains(build);
  }

  @Test
  void workers_go_on_with_the_replica_that_is_left() {
    WorkerProcess worker = cluster.worker("worker-1", Map.of());
    Builds builds = new Builds(second);
    String build = builds.queue(Recipes.fresh(WorkerProcess.HOLD));
    builds.awaitAssembly(build, worker.id());
    String waiting = builds.queue(Recipes.fresh());

    first.kill();
    worker.letGo();

    builds.awaitSmoothSuccess(build);
    builds.awaitSmoothSuccess(waiting);

    first.startAgain();
    second.kill();
    builds = new Builds(first);
    builds.awaitSmoothSuccess(builds.queue(Recipes.fresh()));
  }

  @Test
  void no_request_fails_while_replicas_are_restarted_one_after_the_other() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Set<String>>> load =
          IntStream.range(0, CALLERS)
              .mapToObj(n -> callers.submit(() -> ask(new AnyReplica(cluster, n), enough)))
              .toList();
      try {
        for (ApiReplica each : cluster.replicas()) {
          each.terminate();
          each.awaitEnd();
          each.startAgain();
        }
      } finally {
        enough.set(true);
      }
      Set<String> accepted = new TreeSet<>();
      for (Future<Set<String>> each : load) {
        accepted.addAll(each.get());
      }
      assertThat(accepted).isNotEmpty();
      assertThat(
              cluster
                  .database()
                  .column(
                      "select r.id from request r join build b on b.id = r.build_id"
                          + " where b.recipe like '%restarted-replicas%'"))
          .containsExactlyInAnyOrderElementsOf(accepted);
    }
  }

  private static Set<String> ask(AnyReplica client, AtomicBoolean enough) {
    Set<String> accepted = new TreeSet<>();
    // One build for all requests: nobody makes it, and the next test would have to.
    String body = Recipes.fresh("restarted-replicas");
    while (!enough.get()) {
      RequestView request = client.submit(body);
      accepted.add(request.id());
      assertThat(client.build(request.build().id()).id()).isEqualTo(request.build().id());
      FarmClient.pause();
    }
    return accepted;
  }

  @Test
  void a_follower_at_one_replica_sees_what_a_worker_tells_another_with_the_broker_down()
      throws Exception {
    cluster.parts().broker().kill();
    WorkerProcess worker =
        cluster.worker("worker-1", Map.of("wrtfarm.api.urls", second.url().toString()));
    Builds builds = new Builds(first);
    String build = builds.queue(Recipes.fresh(WorkerProcess.HOLD));
    builds.awaitAssembly(build, worker.id());
    CompletableFuture<String> log =
        CompletableFuture.supplyAsync(() -> first.client().follow(build));
    CompletableFuture<String> events =
        CompletableFuture.supplyAsync(() -> first.client().events(build));

    worker.letGo();

    assertThat(log.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
        .contains("held", "Calculating checksums...");
    assertThat(events.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
        .contains("Calculating checksums...", "event:end")
        .endsWith("\n\n");
    builds.awaitSmoothSuccess(build);
  }
}
