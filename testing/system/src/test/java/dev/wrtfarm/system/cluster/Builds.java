package dev.wrtfarm.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.build.Stage;
import dev.wrtfarm.common.rest.ArtifactView;
import dev.wrtfarm.common.rest.AttemptView;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.RequestView;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.system.FarmClient;
import java.time.Duration;
import java.util.List;

/** What fault tests do with builds, through one replica. */
public final class Builds {
  /**
   * Lease, reaper and back-off in the product come to a minute; and three times what all builds of
   * a test take on a machine with much else to do.
   */
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final FarmClient client;

  public Builds(ApiReplica replica) {
    this.client = replica.client();
  }

  /** Queues it, and answers with its id. */
  public String queue(String body) {
    RequestView request = FarmClient.accepted(client.postUntilTaken(body));
    assertThat(request.outcome()).isEqualTo("queued");
    return request.build().id();
  }

  public List<String> queue(List<String> bodies) {
    return bodies.stream().map(this::queue).toList();
  }

  /** Waits until {@code make image} runs on the worker. */
  public BuildView awaitAssembly(String id, String worker) {
    return client.await(
        id,
        LIMIT,
        build ->
            build.state() == BuildState.RUNNING
                && build.stage() == Stage.ASSEMBLE
                && build.attempts().getLast().worker().equals(worker));
  }

  public BuildView awaitState(String id, BuildState state) {
    return client.await(id, LIMIT, build -> build.state() == state);
  }

  public BuildView awaitEnd(String id) {
    return client.awaitEnd(id, LIMIT);
  }

  /** It ended well, and only once, and the bytes of all its artifacts are there. */
  public BuildView awaitSuccess(String id) {
    BuildView ended = awaitEnd(id);
    assertThat(ended.state()).as(ended.toString()).isEqualTo(BuildState.SUCCEEDED);
    assertThat(results(ended)).filteredOn("succeeded"::equals).hasSize(1);
    assertThat(ended.artifacts().stream().map(ArtifactView::name)).doesNotHaveDuplicates();
    for (ArtifactView artifact : ended.artifacts()) {
      assertThat(Sha256.of(client.bytes(artifact)).hex())
          .as(artifact.name())
          .isEqualTo(artifact.sha256());
    }
    return ended;
  }

  /** As {@link #awaitSuccess}, and its first attempt was its only one. */
  public BuildView awaitSmoothSuccess(String id) {
    BuildView ended = awaitSuccess(id);
    assertThat(ended.attempts()).as(ended.toString()).hasSize(1);
    return ended;
  }

  public static List<String> results(BuildView build) {
    return build.attempts().stream().map(AttemptView::result).toList();
  }
}
