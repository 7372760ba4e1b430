package dev.wrtfarm.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.build.ArtifactKind;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.build.Stage;
import dev.wrtfarm.common.rest.ArtifactView;
import dev.wrtfarm.common.rest.AttemptView;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.RequestView;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Processes are really killed, and no accepted build is lost or done twice. */
class FaultTest {
  /** Lease, reaper and build in the product: 45 s, 5 s and about 30 s; three times that. */
  private static final Duration RECOVERY = Duration.ofMinutes(4);

  /** Claims and a cold cache come to half a minute under load; plenty more than that. */
  private static final Duration START = Duration.ofMinutes(3);

  private static TestFarm farm;

  @BeforeAll
  static void start() {
    farm = TestFarm.start(1);
  }

  @AfterAll
  static void stop() {
    farm.close();
  }

  @Test
  void a_build_whose_worker_is_killed_ends_on_another_worker_once() {
    FarmClient client = farm.client();
    try (LoneWorker mortal = LoneWorker.in(farm)) {
      // Two slow builds keep both workers busy, so that the mortal one has one of them.
      List<String> ids =
          Stream.of("nano", "-luci")
              .map(change -> queued("sample-x86-apk", "slow", change))
              .toList();
      BuildView victim = awaitOneOn(client, ids, LoneWorker.ID);
      mortal.kill();

      BuildView ended = client.awaitEnd(victim.id(), RECOVERY);

      assertThat(ended.state()).as(ended.toString()).isEqualTo(BuildState.SUCCEEDED);
      assertThat(ended.attempts()).hasSize(2);
      assertThat(ended.attempts().get(0).worker()).isEqualTo(LoneWorker.ID);
      assertThat(ended.attempts().get(0).result()).isEqualTo("lost");
      assertThat(ended.attempts().get(1).worker()).isEqualTo("worker-1");
      assertThat(ended.attempts())
          .extracting(AttemptView::result)
          .filteredOn("succeeded"::equals)
          .hasSize(1);
      assertThat(ended.artifacts().stream().map(ArtifactView::name)).doesNotHaveDuplicates();
      assertThat(ended.artifacts().stream().filter(each -> each.kind() == ArtifactKind.LOG))
          .hasSize(1);
    }
  }

  @Test
  void nothing_accepted_is_lost_when_stack_and_launcher_are_killed() {
    FarmClient client = farm.client();
    String running = queued("sample-x86-apk", "slow", "-htop");
    client.await(running, START, build -> build.stage() == Stage.MANIFEST);
    List<String> ids = List.of(running, queued("sample-x86-apk", "libncurses6"));

    List<ProcessHandle> programs = farm.programs();
    // At once: a launcher that is left for a second starts another stack, which nobody waits for.
    List<ProcessHandle> killed = List.of(farm.program("stack"), farm.launcher());
    killed.forEach(ProcessHandle::destroyForcibly);
    killed.forEach(TestFarm::awaitDeath);
    programs.forEach(TestFarm::awaitDeath);
    farm.up();

    for (String id : ids) {
      BuildView ended = client.awaitEnd(id, RECOVERY);
      assertThat(ended.state()).as(ended.toString()).isEqualTo(BuildState.SUCCEEDED);
      assertThat(client.bytes(EndToEndTest.image(ended, "combined"))).isNotEmpty();
    }
  }

  @Test
  void a_killed_stack_is_started_again_and_the_farm_goes_on() {
    FarmClient client = farm.client();
    String id = queued("sample-router-apk", "slow", "nano");
    client.await(id, START, build -> build.stage() == Stage.MANIFEST);

    TestFarm.kill(farm.program("stack"));

    assertThat(client.awaitEnd(id, RECOVERY).state()).isEqualTo(BuildState.SUCCEEDED);
  }

  /** A build that is not answered by another test's; {@code slow} takes its manifest 20 s. */
  private static String queued(String profile, String... changes) {
    RequestView request = farm.client().submit(profile, changes);
    assertThat(request.outcome()).isEqualTo("queued");
    return request.build().id();
  }

  private static BuildView awaitOneOn(FarmClient client, List<String> ids, String worker) {
    long deadline = System.nanoTime() + START.toNanos();
    while (System.nanoTime() - deadline < 0) {
      for (String id : ids) {
        BuildView build = client.build(id);
        boolean there = build.attempts().stream().anyMatch(a -> a.worker().equals(worker));
        if (there && build.stage() == Stage.MANIFEST) {
          return build;
        }
      }
      FarmClient.pause();
    }
    throw new AssertionError("no build of " + ids + " came to " + worker);
  }
}
