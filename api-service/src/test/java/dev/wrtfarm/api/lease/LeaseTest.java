package dev.wrtfarm.api.lease;

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
import dev.wrtfarm.common.rest.AttemptView;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.worker.Claim;
import dev.wrtfarm.common.worker.ClaimRequest;
import dev.wrtfarm.common.worker.EndReply;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LeaseTest extends FarmTest {

  @Test
  void nothing_waits_nothing_is_claimed() {
    assertThat(worker.claim(TestWorker.nonce())).isEmpty();
  }

  @Test
  void a_claim_carries_the_recipe_and_a_lease() {
    String id = farm.queue(Farm.anyRecipe()).build().id();
    Claim claim = worker.claim().claim();
    BuildView build = farm.build(id);
    assertThat(claim.build()).isEqualTo(id);
    assertThat(claim.recipe()).isEqualTo(build.recipe());
    assertThat(claim.recipeDigest()).isEqualTo(build.recipeDigest());
    assertThat(claim.attempt()).isEqualTo(1);
    assertThat(claim.leaseSeconds()).isEqualTo(45);
    assertThat(build.state()).isEqualTo(BuildState.RUNNING);
    assertThat(build.attempts()).extracting(AttemptView::worker).containsExactly("worker-1");
  }

  @Test
  void the_same_nonce_gets_the_same_lease_and_only_its_hash_is_kept() throws Exception {
    farm.queue(Farm.anyRecipe());
    farm.queue(Farm.anyRecipe());
    String nonce = TestWorker.nonce();
    awaitOffersSent();
    List<Optional<Held>> claims = Farm.atOnce(10, () -> worker.claim(nonce));
    assertThat(claims.stream().distinct()).hasSize(1);
    assertThat(value("select count(*) from build where state = 'RUNNING'")).isEqualTo("1");
    assertThat(value("select row_to_json(b) from build b where state = 'RUNNING'"))
        .doesNotContain(nonce);
  }

  @Test
  void a_nonce_whose_build_has_ended_gets_nothing() {
    farm.queue(Farm.anyRecipe());
    farm.queue(Farm.anyRecipe());
    Held held = worker.claim();
    worker.fail(held, FailureReason.PACKAGE_MISSING);
    assertThat(worker.claim(held.nonce())).isEmpty();
  }

  @Test
  void claimers_at_once_never_get_the_same_build() throws Exception {
    for (int i = 0; i < 20; i++) {
      farm.queue(Farm.anyRecipe());
    }
    List<Optional<Held>> claims = Farm.atOnce(40, () -> worker.claim(TestWorker.nonce()));
    Set<String> builds =
        claims.stream().flatMap(Optional::stream).map(Held::build).collect(Collectors.toSet());
    // Whoever found the first row taken by another went on to the next.
    long got = claims.stream().filter(Optional::isPresent).count();
    assertThat(builds).hasSize((int) got);
    assertThat(value("select count(*) from build where state = 'RUNNING'"))
        .isEqualTo(Long.toString(got));
  }

  @Test
  void a_heartbeat_keeps_the_lease_and_shows_where_the_build_is() {
    farm.queue(Farm.anyRecipe());
    Held held = worker.claim();
    assertThat(worker.heartbeat(held).json().get("leaseSeconds").asInt()).isEqualTo(45);
    BuildView build = farm.build(held.build());
    assertThat(build.stage()).isEqualTo(Stage.ASSEMBLE);
    assertThat(build.percent()).isEqualTo(40);
    assertThat(build.detail()).isEqualTo("making it");
  }

  @Test
  void another_fence_or_secret_is_refused_everywhere() {
    farm.queue(Farm.anyRecipe());
    Held held = worker.claim();
    Claim claim = held.claim();
    Claim otherFence =
        new Claim(
            claim.build(),
            claim.fence() + 1,
            claim.recipe(),
            claim.recipeDigest(),
            claim.attempt(),
            claim.leaseSeconds());
    for (Held wrong :
        List.of(new Held(claim, TestWorker.nonce()), new Held(otherFence, held.nonce()))) {
      worker.heartbeat(wrong).problem(ProblemType.LEASE_LOST);
      worker.resolved(wrong, "any").problem(ProblemType.LEASE_LOST);
      worker.log(wrong, 0, "x").problem(ProblemType.LEASE_LOST);
      worker.complete(wrong).problem(ProblemType.LEASE_LOST);
      worker.fail(wrong, FailureReason.UNKNOWN).problem(ProblemType.LEASE_LOST);
      worker.release(wrong).problem(ProblemType.LEASE_LOST);
    }
    assertThat(worker.heartbeat(held).status()).isEqualTo(200);
  }

  @Test
  void a_silent_workers_build_goes_back_into_the_queue_and_a_zombie_is_refused() {
    farm.queue(Farm.anyRecipe());
    Held zombie = worker.claim();
    loseLease(zombie);
    awaitState(zombie, BuildState.QUEUED);
    assertThat(farm.build(zombie.build()).attempts().getFirst().result()).isEqualTo("lost");

    Held next = farm.worker("worker-2").claim();
    assertThat(next.build()).isEqualTo(zombie.build());
    assertThat(next.claim().attempt()).isEqualTo(2);
    assertThat(next.claim().fence()).isGreaterThan(zombie.claim().fence());
    worker.heartbeat(zombie).problem(ProblemType.LEASE_LOST);
    worker.complete(zombie).problem(ProblemType.LEASE_LOST);
    assertThat(worker.heartbeat(next).status()).isEqualTo(200);
  }

  @Test
  void a_heartbeat_takes_a_reaped_build_back_that_nobody_claimed() {
    farm.queue(Farm.anyRecipe());
    Held held = worker.claim();
    loseLease(held);
    awaitState(held, BuildState.QUEUED);
    assertThat(worker.heartbeat(held).status()).isEqualTo(200);
    BuildView build = farm.build(held.build());
    assertThat(build.state()).isEqualTo(BuildState.RUNNING);
    assertThat(build.attempts().getFirst().result()).isEqualTo("running");
    assertThat(worker.claim(TestWorker.nonce())).isEmpty();
    assertThat(value("select lost_leases from build")).isEqualTo("0");
  }

  @Test
  void a_late_end_counts_when_nobody_claimed_meanwhile() {
    farm.queue(Farm.anyRecipe());
    Held held = worker.claim();
    worker.resolved(held, "any");
    byte[] image = bytes();
    worker.send(held, image);
    loseLease(held);
    awaitState(held, BuildState.QUEUED);
    EndReply reply =
        worker
            .complete(held, TestWorker.produced("late.img", ArtifactKind.IMAGE, image))
            .as(200, EndReply.class);
    assertThat(reply.state()).isEqualTo(BuildState.SUCCEEDED);
    BuildView build = farm.build(held.build());
    assertThat(build.state()).isEqualTo(BuildState.SUCCEEDED);
    assertThat(build.attempts().getFirst().result()).isEqualTo("succeeded");
  }

  @Test
  void the_third_lost_lease_ends_the_build_and_answers_new_requests() {
    var recipe = Farm.anyRecipe();
    String id = farm.queue(recipe).build().id();
    for (int i = 0; i < 2; i++) {
      makeClaimable();
      Held held = worker.claim();
      loseLease(held);
      awaitState(held, BuildState.QUEUED);
    }
    makeClaimable();
    Held last = worker.claim();
    loseLease(last);
    awaitState(last, BuildState.FAILED);
    BuildView build = farm.build(id);
    assertThat(build.failure()).extracting(Failure::reason).isEqualTo(FailureReason.WORKER_LOST);
    assertThat(build.attempts()).extracting(AttemptView::result).containsOnly("lost").hasSize(3);
    worker.heartbeat(last).problem(ProblemType.LEASE_LOST);
    assertThat(farm.submit(recipe, null).status()).isEqualTo(200);
  }

  @Test
  void the_first_retry_comes_at_once_and_the_second_later() {
    farm.queue(Farm.anyRecipe());
    Held first = worker.claim();
    loseLease(first);
    awaitState(first, BuildState.QUEUED);
    Held second = worker.claim();
    loseLease(second);
    awaitState(second, BuildState.QUEUED);
    assertThat(claimableAfter()).isEqualTo("00:00:10");
    postpone();
    assertThat(worker.claim(TestWorker.nonce())).isEmpty();
    makeClaimable();
    assertThat(worker.claim().claim().attempt()).isEqualTo(3);
  }

  @Test
  void a_nonce_of_another_form_is_refused_and_not_told_back() {
    String detail =
        worker
            .post("claim", new ClaimRequest("worker-1", "my secret"))
            .problem(ProblemType.INVALID_REQUEST)
            .detail();
    assertThat(detail).contains("nonce").doesNotContain("my secret");
    assertThat(
            worker
                .post("claim", new ClaimRequest("-rf /", TestWorker.nonce()))
                .problem(ProblemType.INVALID_REQUEST)
                .field())
        .isEqualTo("worker");
  }

  private void awaitState(Held held, BuildState state) {
    Farm.eventually(held.build() + " is " + state, () -> farm.build(held.build()).state() == state);
  }

  @Test
  void a_build_that_somebody_just_holds_is_waited_for() throws Exception {
    String build = farm.queue(Farm.anyRecipe()).build().id();
    awaitOffersSent();
    CompletableFuture<Optional<Held>> claim;
    try (Connection joining = database.getConnection();
        Statement statement = joining.createStatement()) {
      joining.setAutoCommit(false);
      statement.execute("select id from build where id = '%s' for update".formatted(build));
      claim = CompletableFuture.supplyAsync(() -> worker.claim(TestWorker.nonce()));
      Farm.eventually(
          "the claim waits",
          () ->
              !value(
                      """
                      select count(*) from pg_stat_activity
                      where datname = current_database() and wait_event_type = 'Lock'
                      """)
                  .equals("0"));
      joining.commit();
      joining.setAutoCommit(true);
    }
    assertThat(claim.get(1, TimeUnit.MINUTES).orElseThrow().build()).isEqualTo(build);
  }
}
