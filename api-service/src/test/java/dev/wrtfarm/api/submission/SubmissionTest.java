package dev.wrtfarm.api.submission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrtfarm.api.Answer;
import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.TestWorker.Held;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.InlineRecipe;
import dev.wrtfarm.common.rest.RequestView;
import dev.wrtfarm.common.rest.SubmitBuild;
import dev.wrtfarm.common.value.Sha256;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@SuppressWarnings("NullAway.Init")
class SubmissionTest extends FarmTest {
  @Inject ObjectMapper json;

  @Test
  void a_request_makes_a_build_that_waits() {
    Answer answer = farm.submit(Farm.recipe("24.10.0", "htop", "-ppp"), 70);
    RequestView request = answer.as(202, RequestView.class);
    assertThat(answer.headers().firstValue("location").orElseThrow())
        .endsWith("/api/v2/requests/" + request.id());
    BuildView build = request.build();
    assertThat(build.state()).isEqualTo(BuildState.QUEUED);
    assertThat(build.recipe().packages()).containsExactly("htop");
    assertThat(build.recipe().removedPackages()).containsExactly("ppp");
    assertThat(build.recipeDigest()).isEqualTo(build.recipe().digest().hex());
    assertThat(farm.build(build.id())).isEqualTo(build);
    assertThat(farm.get("/api/v2/requests/" + request.id()).as(200, RequestView.class))
        .isEqualTo(request);
  }

  @Test
  void a_profile_with_changes_makes_a_recipe() {
    RequestView request =
        farm.post(
                "/api/v2/builds",
                new SubmitBuild("test-device", null, List.of("-luci", "htop"), null))
            .as(202, RequestView.class);
    assertThat(request.build().profile()).isEqualTo("test-device@1");
    assertThat(request.build().recipe().packages()).containsExactly("htop", "nano");
    assertThat(request.build().recipe().removedPackages()).containsExactly("luci", "ppp");
  }

  @RepeatedTest(10)
  void forty_equal_requests_at_once_make_one_build() throws Exception {
    InlineRecipe recipe = Farm.anyRecipe();
    List<RequestView> requests =
        Farm.atOnce(40, () -> farm.submit(recipe, null).as(202, RequestView.class));
    assertThat(requests.stream().map(each -> each.build().id()).distinct()).hasSize(1);
    assertThat(requests.stream().map(RequestView::id).distinct()).hasSize(40);
    assertThat(
            requests.stream()
                .collect(Collectors.groupingBy(RequestView::outcome, Collectors.counting())))
        .containsEntry("queued", 1L)
        .containsEntry("attached", 39L);
  }

  @Test
  void whoever_attaches_may_pull_the_build_forward_but_not_back() {
    InlineRecipe first = Farm.anyRecipe();
    InlineRecipe second = Farm.anyRecipe();
    farm.submit(first, 50);
    farm.submit(second, 50);
    String build = farm.submit(second, 80).as(202, RequestView.class).build().id();
    farm.submit(second, 10);
    awaitOffersSent();
    assertThat(worker.claim().build()).isEqualTo(build);
  }

  @Test
  void priority_comes_first_and_then_the_order_of_arrival() {
    String last = farm.submit(Farm.anyRecipe(), 10).as(202, RequestView.class).build().id();
    String second = farm.submit(Farm.anyRecipe(), 50).as(202, RequestView.class).build().id();
    String third = farm.submit(Farm.anyRecipe(), 50).as(202, RequestView.class).build().id();
    String first = farm.submit(Farm.anyRecipe(), 90).as(202, RequestView.class).build().id();
    awaitOffersSent();
    assertThat(Stream.generate(() -> worker.claim().build()).limit(4))
        .containsExactly(first, second, third, last);
  }

  @Test
  void a_tenant_with_many_builds_and_one_with_a_single_build_take_turns() {
    farm.queue(Farm.anyRecipe());
    sql("update build set tenant = 'busy'");
    sql(
        "insert into build (id, tenant, state, flight_key, recipe, recipe_digest, snapshot,"
            + " priority, turn) select 'b-' || n, 'busy', 'QUEUED', n, recipe, recipe_digest,"
            + " false, 50, n from build, generate_series(1, 20) n");
    String mine = farm.queue(Farm.anyRecipe()).build().id();
    awaitOffersSent();
    worker.claim();
    assertThat(worker.claim().build()).isEqualTo(mine);
  }

  @Test
  void a_fresh_record_answers_at_once() {
    InlineRecipe recipe = Farm.anyRecipe();
    farm.queue(recipe);
    Held held = worker.build("any", bytes(), bytes());
    RequestView again = farm.submit(recipe, null).as(200, RequestView.class);
    assertThat(again.outcome()).isEqualTo("reused");
    assertThat(again.build().id()).isEqualTo(held.build());
    assertThat(again.build().artifacts()).isNotEmpty();
  }

  @Test
  void a_stale_record_does_not_answer() {
    InlineRecipe recipe = Farm.anyRecipe();
    farm.queue(recipe);
    worker.build("any", bytes(), bytes());
    sql("update build set confirmed_at = now() - interval '25 hours'");
    assertThat(farm.submit(recipe, null).as(202, RequestView.class).outcome()).isEqualTo("queued");
  }

  @Test
  void a_snapshot_is_fresh_for_an_hour_only() {
    InlineRecipe recipe = Farm.recipe("SNAPSHOT", "htop");
    farm.queue(recipe);
    worker.build("any", bytes(), bytes());
    assertThat(farm.submit(recipe, null).status()).isEqualTo(200);
    sql("update build set confirmed_at = now() - interval '61 minutes'");
    assertThat(farm.submit(recipe, null).status()).isEqualTo(202);
  }

  @Test
  void a_record_whose_object_is_gone_does_not_answer() {
    InlineRecipe recipe = Farm.anyRecipe();
    farm.queue(recipe);
    worker.build("any", bytes(), bytes());
    sql("update blob set state = 'DOOMED'");
    assertThat(farm.submit(recipe, null).status()).isEqualTo(202);
  }

  @Test
  void the_requests_own_fault_answers_equal_requests_for_a_while() {
    InlineRecipe recipe = Farm.anyRecipe();
    farm.queue(recipe);
    Held held = worker.claim();
    worker.fail(held, FailureReason.PACKAGE_MISSING);
    RequestView again = farm.submit(recipe, null).as(200, RequestView.class);
    assertThat(again.outcome()).isEqualTo("reused");
    assertThat(again.build().id()).isEqualTo(held.build());
    assertThat(again.build().state()).isEqualTo(BuildState.FAILED);
    sql("update build set ended_at = now() - interval '61 minutes'");
    assertThat(farm.submit(recipe, null).status()).isEqualTo(202);
  }

  @Test
  void a_failure_of_the_farm_is_no_answer_to_a_new_request() {
    InlineRecipe recipe = Farm.anyRecipe();
    farm.queue(recipe);
    for (int i = 0; i < 3; i++) {
      worker.fail(worker.claim(), FailureReason.DISK_FULL);
      makeClaimable();
    }
    assertThat(farm.submit(recipe, null).as(202, RequestView.class).outcome()).isEqualTo("queued");
  }

  @Test
  void the_last_request_that_is_cancelled_takes_the_build_with_it() {
    InlineRecipe recipe = Farm.anyRecipe();
    RequestView first = farm.queue(recipe);
    RequestView second = farm.submit(recipe, null).as(202, RequestView.class);
    Held held = worker.claim();

    assertThat(farm.delete("/api/v2/requests/" + first.id()).status()).isEqualTo(204);
    assertThat(worker.heartbeat(held).status()).isEqualTo(200);
    assertThat(farm.get("/api/v2/requests/" + first.id()).as(200, RequestView.class).cancelled())
        .isTrue();

    assertThat(farm.delete("/api/v2/requests/" + second.id()).status()).isEqualTo(204);
    worker.heartbeat(held).problem(ProblemType.LEASE_LOST);
    BuildView build = farm.build(held.build());
    assertThat(build.state()).isEqualTo(BuildState.CANCELLED);
    assertThat(build.attempts().getFirst().result()).isEqualTo("cancelled");
    assertThat(farm.delete("/api/v2/requests/" + second.id()).status()).isEqualTo(204);
    assertThat(farm.submit(recipe, null).as(202, RequestView.class).outcome()).isEqualTo("queued");
  }

  @Test
  void a_build_that_ended_is_not_cancelled() {
    RequestView request = farm.queue(Farm.anyRecipe());
    worker.build("any", bytes(), bytes());
    assertThat(farm.delete("/api/v2/requests/" + request.id()).status()).isEqualTo(204);
    RequestView now = farm.get("/api/v2/requests/" + request.id()).as(200, RequestView.class);
    assertThat(now.cancelled()).isFalse();
    assertThat(now.build().state()).isEqualTo(BuildState.SUCCEEDED);
  }

  @Test
  void the_same_idempotency_key_is_the_same_request() {
    InlineRecipe recipe = Farm.anyRecipe();
    String first = keyed("key-1", recipe).as(202, RequestView.class).id();
    assertThat(keyed("key-1", recipe).as(202, RequestView.class).id()).isEqualTo(first);
    assertThat(keyed("key-2", recipe).as(202, RequestView.class).id()).isNotEqualTo(first);
    keyed("key-1", Farm.anyRecipe()).problem(ProblemType.KEY_REUSED);
    sql("update idempotency_key set created_at = now() - interval '25 hours'");
    assertThat(keyed("key-1", recipe).as(202, RequestView.class).id()).isNotEqualTo(first);
  }

  @Test
  void a_key_that_was_accepted_is_answered_though_its_profile_is_gone() throws Exception {
    RequestView first = keyed("key-1", Farm.anyRecipe()).as(202, RequestView.class);
    SubmitBuild gone = new SubmitBuild("no-such-profile", null, null, null);
    sql(
        "update idempotency_key set body_sha256 = '%s'"
            .formatted(Sha256.of(json.writeValueAsString(gone)).hex()));
    assertThat(keyed("key-1", gone).as(202, RequestView.class).id()).isEqualTo(first.id());
    keyed("key-2", gone).problem(ProblemType.UNKNOWN_PROFILE);
  }

  private Answer keyed(String key, InlineRecipe recipe) {
    return keyed(key, new SubmitBuild(null, recipe, null, null));
  }

  private Answer keyed(String key, SubmitBuild submitted) {
    String body = Farm.json(submitted);
    return Farm.send(
        HttpRequest.newBuilder(farm.at("/api/v2/builds"))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }
}
