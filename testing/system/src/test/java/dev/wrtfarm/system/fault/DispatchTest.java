package dev.wrtfarm.system.fault;

import dev.wrtfarm.system.cluster.Builds;
import dev.wrtfarm.system.cluster.Cluster;
import dev.wrtfarm.system.cluster.LogTails;
import dev.wrtfarm.system.cluster.Recipes;
import dev.wrtfarm.system.cluster.SharedCluster;
import dev.wrtfarm.system.cluster.WorkerProcess;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Builds come to workers by Kafka or by asking: each of the two does it alone. */
@ExtendWith({SharedCluster.class, LogTails.class})
class DispatchTest {
  private static final Map<String, String> BY_KAFKA_ALONE =
      Map.of("wrtfarm.worker.idle-poll", "1d");
  private static final Map<String, String> ASKING = Map.of("wrtfarm.worker.idle-poll", "1s");

  private final Cluster cluster;
  private final Builds builds;

  DispatchTest(Cluster cluster) {
    this.cluster = cluster;
    this.builds = new Builds(cluster.api(0));
  }

  @Test
  void kafka_alone_dispatches_twenty_builds() {
    cluster.workers(List.of("worker-1", "worker-2"), BY_KAFKA_ALONE);
    // A worker asks again after each build, so that one offer may bring it many. In waves, each
    // needs offers of its own.
    for (int wave = 0; wave < 4; wave++) {
      builds.queue(Recipes.fresh(5)).forEach(builds::awaitSmoothSuccess);
    }
  }

  @Test
  void without_a_broker_asking_alone_dispatches_twenty_builds() {
    cluster.parts().broker().kill();
    cluster.workers(List.of("worker-1", "worker-2"), ASKING);
    builds.queue(Recipes.fresh(20)).forEach(builds::awaitSmoothSuccess);
  }

  @Test
  void a_broker_that_loses_its_data_loses_no_build_and_dispatches_again() {
    WorkerProcess listening = cluster.worker("worker-1", BY_KAFKA_ALONE);
    String running = builds.queue(Recipes.fresh(WorkerProcess.HOLD));
    builds.awaitAssembly(running, listening.id());
    List<String> offered = builds.queue(Recipes.fresh(3));
    cluster.parts().broker().kill();
    List<String> unoffered = builds.queue(Recipes.fresh(3));
    cluster.parts().broker().loseBrokerData();
    cluster.parts().broker().restart();

    WorkerProcess asking = cluster.worker("worker-2", ASKING);
    offered.forEach(builds::awaitSmoothSuccess);
    unoffered.forEach(builds::awaitSmoothSuccess);
    listening.letGo();
    builds.awaitSmoothSuccess(running);

    // The worker that lived through it gets offers again, and from nobody else.
    asking.close();
    for (int i = 0; i < 3; i++) {
      builds.awaitSmoothSuccess(builds.queue(Recipes.fresh()));
    }
  }
}
