package dev.wrtfarm.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.system.cluster.Builds;
import dev.wrtfarm.system.cluster.Cluster;
import dev.wrtfarm.system.cluster.LogTails;
import dev.wrtfarm.system.cluster.Recipes;
import dev.wrtfarm.system.cluster.SharedCluster;
import dev.wrtfarm.system.cluster.WorkerProcess;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** SIGTERM in mid-build costs no attempt. */
@ExtendWith({SharedCluster.class, LogTails.class})
class LeavingWorkerTest {
  private final Cluster cluster;
  private final Builds builds;

  LeavingWorkerTest(Cluster cluster) {
    this.cluster = cluster;
    this.builds = new Builds(cluster.api(0));
  }

  @Test
  void a_worker_that_is_asked_to_stop_hands_its_build_back() {
    WorkerProcess leaving = cluster.worker("worker-leaving", Map.of());
    String build = builds.queue(Recipes.fresh(WorkerProcess.HOLD));
    builds.awaitAssembly(build, leaving.id());
    WorkerProcess staying = cluster.worker("worker-staying", Map.of());

    leaving.terminate();
    builds.awaitAssembly(build, staying.id());
    staying.letGo();
    leaving.awaitEnd();

    BuildView ended = builds.awaitSuccess(build);
    assertThat(Builds.results(ended)).containsExactly("released", "succeeded");
  }

  @Test
  void a_worker_that_may_drain_ends_its_build_and_takes_no_other() {
    WorkerProcess leaving = cluster.worker("worker-leaving", Map.of("wrtfarm.worker.drain", "10m"));
    String build = builds.queue(Recipes.fresh(WorkerProcess.HOLD));
    builds.awaitAssembly(build, leaving.id());
    String next = builds.queue(Recipes.fresh());

    leaving.drain();
    leaving.letGo();
    leaving.awaitEnd();

    assertThat(builds.awaitSmoothSuccess(build).attempts().getFirst().worker())
        .isEqualTo(leaving.id());
    assertThat(builds.awaitState(next, BuildState.QUEUED).attempts()).isEmpty();
    WorkerProcess staying = cluster.worker("worker-staying", Map.of());
    assertThat(builds.awaitSmoothSuccess(next).attempts().getFirst().worker())
        .isEqualTo(staying.id());
  }
}
