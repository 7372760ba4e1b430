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

/** A worker stands still past its lease and goes on as if nothing had been. */
@ExtendWith({SharedCluster.class, LogTails.class})
class FrozenWorkerTest {
  private final Cluster cluster;
  private final Builds builds;

  FrozenWorkerTest(Cluster cluster) {
    this.cluster = cluster;
    this.builds = new Builds(cluster.api(0));
  }

  @Test
  void its_result_is_refused_when_somebody_claimed_the_build_meanwhile() {
    WorkerProcess frozen = cluster.worker("worker-frozen", Map.of());
    String build = builds.queue(Recipes.fresh(WorkerProcess.HOLD));
    lose(build, frozen);
    WorkerProcess other = cluster.worker("worker-other", Map.of());
    builds.awaitAssembly(build, other.id());

    // Its images are made by now, and it has only to hand them in.
    frozen.letGo();
    frozen.thaw();
    // Free again, it takes the next build: with the lost one it is done.
    String next = builds.queue(Recipes.fresh());
    assertThat(builds.awaitSmoothSuccess(next).attempts().getFirst().worker())
        .isEqualTo(frozen.id());

    assertThat(builds.awaitState(build, BuildState.RUNNING).attempts().getLast().worker())
        .isEqualTo(other.id());
    other.letGo();
    BuildView ended = builds.awaitSuccess(build);
    assertThat(Builds.results(ended)).containsExactly("lost", "succeeded");
    assertThat(ended.attempts().getLast().worker()).isEqualTo(other.id());
  }

  @Test
  void its_result_is_accepted_when_nobody_claimed_the_build() {
    WorkerProcess frozen = cluster.worker("worker-frozen", Map.of());
    String build = builds.queue(Recipes.fresh(WorkerProcess.HOLD));
    lose(build, frozen);

    frozen.letGo();
    frozen.thaw();

    BuildView ended = builds.awaitSmoothSuccess(build);
    assertThat(ended.attempts().getFirst().worker()).isEqualTo(frozen.id());
  }

  private void lose(String build, WorkerProcess worker) {
    builds.awaitAssembly(build, worker.id());
    worker.freeze();
    cluster.database().expireLease(build);
    BuildView waiting = builds.awaitState(build, BuildState.QUEUED);
    assertThat(Builds.results(waiting)).containsExactly("lost");
  }
}
