package dev.wrtfarm.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.build.Stage;
import dev.wrtfarm.system.cluster.Builds;
import dev.wrtfarm.system.cluster.Cluster;
import dev.wrtfarm.system.cluster.LogTails;
import dev.wrtfarm.system.cluster.Recipes;
import dev.wrtfarm.system.cluster.SharedCluster;
import dev.wrtfarm.system.cluster.WorkerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The database or the object store is away for a while. */
@ExtendWith({SharedCluster.class, LogTails.class})
class OutageTest {
  /** Twice as long as a lease. */
  private static final Duration DATABASE_AWAY = Duration.ofSeconds(90);

  private static final Duration LIMIT = Duration.ofMinutes(6);

  private final Cluster cluster;
  private final Builds builds;

  OutageTest(Cluster cluster) {
    this.cluster = cluster;
    this.builds = new Builds(cluster.api(0));
  }

  @Test
  void no_lease_is_lost_to_a_database_that_is_away_for_longer_than_a_lease() throws Exception {
    WorkerProcess first = cluster.worker("worker-1", Map.of());
    String early = builds.queue(Recipes.fresh(WorkerProcess.HOLD));
    builds.awaitAssembly(early, first.id());
    WorkerProcess second = cluster.worker("worker-2", Map.of());
    String late = builds.queue(Recipes.fresh(WorkerProcess.HOLD));
    builds.awaitAssembly(late, second.id());
    List<String> waiting = builds.queue(Recipes.fresh(2));

    cluster.parts().database().kill();
    // One build ends while nobody can be told, the other one after it.
    first.letGo();
    Thread.sleep(DATABASE_AWAY);
    cluster.parts().database().restart();
    second.letGo();

    List<String> all = new ArrayList<>(waiting);
    all.addAll(List.of(early, late));
    all.forEach(builds::awaitSmoothSuccess);
  }

  @Test
  void a_build_is_published_when_the_store_is_back_and_not_before() {
    WorkerProcess worker = cluster.worker("worker-1", Map.of());
    String build = builds.queue(Recipes.fresh(WorkerProcess.HOLD));
    builds.awaitAssembly(build, worker.id());

    cluster.parts().store().kill();
    worker.letGo();
    cluster
        .api(0)
        .client()
        .await(
            build,
            LIMIT,
            each ->
                each.stage() == Stage.PUBLISH
                    && each.detail().equals("waiting for the object store"));
    cluster.parts().store().restart();

    builds.awaitSmoothSuccess(build);
  }

  @Test
  void a_store_that_dies_again_and_again_leaves_no_record_without_its_objects() {
    cluster.workers(List.of("worker-1", "worker-2"), Map.of());
    List<String> queued = builds.queue(Recipes.fresh(12));
    for (String each : List.of(queued.get(1), queued.get(5))) {
      cluster
          .api(0)
          .client()
          .await(each, LIMIT, build -> build.stage() == Stage.PUBLISH || build.ended() != null);
      cluster.parts().store().kill();
      cluster.parts().store().restart();
    }
    for (String each : queued) {
      assertThat(Builds.results(builds.awaitSuccess(each))).doesNotContain("lost");
    }
  }
}
