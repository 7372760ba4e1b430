package dev.wrtfarm.api.lease;

import static dev.wrtfarm.api.TestWorker.produced;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.TestWorker;
import dev.wrtfarm.api.TestWorker.Held;
import dev.wrtfarm.common.build.ArtifactKind;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.build.Failure;
import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.build.Stage;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.common.worker.EndReply;
import dev.wrtfarm.common.worker.Fail;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class FailureTest extends FarmTest {
  @Test
  void the_requests_own_fault_ends_the_build_at_once() {
    farm.queue(Farm.anyRecipe());
    Held held = worker.claim();
    EndReply reply = worker.fail(held, FailureReason.IMAGE_TOO_BIG).as(200, EndReply.class);
    assertThat(reply.state()).isEqualTo(BuildState.FAILED);
    BuildView build = farm.build(held.build());
    assertThat(build.failure())
        .isEqualTo(new Failure(FailureReason.IMAGE_TOO_BIG, "it did not work", "line 1\nline 2"));
    assertThat(build.attempts().getFirst().failure()).isEqualTo(build.failure());
  }

  @Test
  void other_failures_are_tried_three_times_and_later_each_time() {
    farm.queue(Farm.anyRecipe());
    worker.fail(worker.claim(), FailureReason.UPSTREAM_UNREACHABLE);
    assertThat(claimableAfter()).isEqualTo("00:00:10");
    postpone();
    assertThat(worker.claim(TestWorker.nonce())).isEmpty();
    makeClaimable();
    Held second = worker.claim();
    worker.fail(second, FailureReason.UPSTREAM_UNREACHABLE);
    assertThat(claimableAfter()).isEqualTo("00:01:00");
    postpone();
    assertThat(worker.claim(TestWorker.nonce())).isEmpty();
    makeClaimable();
    EndReply reply = worker.fail(worker.claim(), FailureReason.DISK_FULL).as(200, EndReply.class);
    assertThat(reply.state()).isEqualTo(BuildState.FAILED);
    BuildView build = farm.build(second.build());
    assertThat(build.failure()).extracting(Failure::reason).isEqualTo(FailureReason.DISK_FULL);
    assertThat(build.attempts()).hasSize(3);
  }

  @Test
  void a_released_build_costs_no_attempt_and_waits_for_nobody() {
    farm.queue(Farm.anyRecipe());
    for (int i = 0; i < 5; i++) {
      Held held = worker.claim();
      EndReply reply = worker.release(held).as(200, EndReply.class);
      assertThat(reply.state()).isEqualTo(BuildState.QUEUED);
      assertThat(worker.release(held).as(200, EndReply.class)).isEqualTo(reply);
      worker.heartbeat(held).problem(ProblemType.LEASE_LOST);
    }
    assertThat(worker.claim().claim().attempt()).isEqualTo(6);
  }

  @Test
  void a_failed_builds_log_is_kept() {
    farm.queue(Farm.anyRecipe());
    Held held = worker.claim();
    worker.log(held, 0, "only for followers");
    byte[] log = "the whole log\n".getBytes(StandardCharsets.UTF_8);
    Fail report = withLog(held, FailureReason.PACKAGE_MISSING, log);
    assertThat(worker.post("fail", report).as(200, EndReply.class).sendAgain())
        .containsExactly(Sha256.of(log).hex());
    worker.send(held, log);
    assertThat(worker.post("fail", report).as(200, EndReply.class).state())
        .isEqualTo(BuildState.FAILED);
    assertThat(farm.get("/api/v2/builds/" + held.build() + "/log").body())
        .isEqualTo("the whole log\n");
    assertThat(value("select count(*) from log_chunk")).isEqualTo("0");
  }

  @Test
  void the_log_of_an_attempt_that_is_tried_again_is_kept_beside_the_builds_own() {
    farm.queue(Farm.anyRecipe());
    Held held = worker.claim();
    byte[] log = "the first attempt\n".getBytes(StandardCharsets.UTF_8);
    Fail report = withLog(held, FailureReason.UPSTREAM_UNREACHABLE, log);
    worker.post("fail", report).as(200, EndReply.class);
    worker.send(held, log);
    assertThat(worker.post("fail", report).as(200, EndReply.class).state())
        .isEqualTo(BuildState.QUEUED);
    assertThat(farm.build(held.build()).artifacts())
        .singleElement()
        .satisfies(file -> {
          assertThat(file.name()).isEqualTo("attempt-1.log");
          assertThat(file.sha256()).isEqualTo(Sha256.of(log).hex());
        });
  }

  private static Fail withLog(Held held, FailureReason reason, byte[] log) {
    return new Fail(
        held.lease(),
        Stage.FETCH,
        new Failure(reason, "it did not work", ""),
        produced("build.log", ArtifactKind.LOG, log),
        Map.of());
  }
}
