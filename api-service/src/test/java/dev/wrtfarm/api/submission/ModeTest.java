package dev.wrtfarm.api.submission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.Answer;
import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.TestWorker.Held;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.problem.Problem;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.ForecastView;
import dev.wrtfarm.common.rest.InlineRecipe;
import dev.wrtfarm.common.rest.RequestView;
import dev.wrtfarm.common.rest.SubmitBuild;
import dev.wrtfarm.common.worker.ResolvedReply;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ModeTest extends FarmTest {
  private final InlineRecipe recipe = Farm.anyRecipe();

  private Answer submit(String mode) {
    return farm.post("/api/v2/builds", new SubmitBuild(null, recipe, null, null, mode, null));
  }

  private ForecastView forecast(String mode, int priority) {
    return farm.post("/api/v2/builds", new SubmitBuild(null, recipe, null, priority, mode, true))
        .as(200, ForecastView.class);
  }

  private ForecastView forecast(String mode) {
    return forecast(mode, 50);
  }

  /** Everything that a submission could change. */
  private String contents() {
    return value(
        """
        select (select coalesce(jsonb_agg(to_jsonb(b) order by b.id), '[]') from build b)::text
          || (select coalesce(jsonb_agg(to_jsonb(r) order by r.id), '[]') from request r)
          || (select coalesce(jsonb_agg(to_jsonb(i)), '[]') from idempotency_key i)
        """);
  }

  @Test
  void an_unknown_mode_is_refused_with_those_that_there_are() {
    Problem problem = submit("reuse").problem(ProblemType.INVALID_REQUEST);
    assertThat(problem.field()).isEqualTo("mode");
    assertThat(problem.detail()).contains("'reuse'", "build-or-reuse, reuse-only or force");
  }

  @Test
  void build_or_reuse_is_what_happens_without_a_mode() {
    String build = submit("build-or-reuse").as(202, RequestView.class).build().id();
    assertThat(farm.submit(recipe, null).as(202, RequestView.class).build().id()).isEqualTo(build);
  }

  @Test
  void reuse_only_is_answered_by_a_fresh_record() {
    farm.queue(recipe);
    Held held = worker.build("any", bytes(), bytes());
    RequestView request = submit("reuse-only").as(200, RequestView.class);
    assertThat(request.outcome()).isEqualTo("reused");
    assertThat(request.build().id()).isEqualTo(held.build());
  }

  @Test
  void reuse_only_makes_nothing_and_says_what_there_is_instead() {
    assertThat(submit("reuse-only").problem(ProblemType.NO_RECORD).detail())
        .contains("no record", "no build in flight", "mode build-or-reuse");
    assertThat(value("select count(*) from build")).isEqualTo("0");

    String queued = farm.queue(recipe).build().id();
    // That an offer was sent is written down.
    awaitOffersSent();
    String before = contents();
    assertThat(submit("reuse-only").problem(ProblemType.NO_RECORD).detail())
        .contains(queued, "is queued");
    assertThat(contents()).isEqualTo(before);

    worker.fail(claimOnceSent(), FailureReason.PACKAGE_MISSING);
    assertThat(submit("reuse-only").problem(ProblemType.NO_RECORD).detail())
        .contains(queued, "failed");

    submit("force");
    worker.build("any", bytes(), bytes());
    sql("update build set confirmed_at = now() - interval '25 hours'");
    assertThat(submit("reuse-only").problem(ProblemType.NO_RECORD).detail())
        .contains("older than 24 h");
    assertThat(value("select count(*) from request")).isEqualTo("2");
  }

  @Test
  void force_builds_although_there_is_a_record_and_makes_its_image() {
    farm.queue(recipe);
    Held first = worker.build("equal", bytes(), bytes());
    RequestView forced = submit("force").as(202, RequestView.class);
    assertThat(forced.outcome()).isEqualTo("queued");
    assertThat(forced.build().id()).isNotEqualTo(first.build());
    Held second = worker.claim();
    assertThat(worker.resolved(second, "equal").as(200, ResolvedReply.class).reused()).isFalse();
  }

  @Test
  void force_is_not_answered_by_a_remembered_failure() {
    farm.queue(recipe);
    worker.fail(worker.claim(), FailureReason.PACKAGE_MISSING);
    assertThat(submit("build-or-reuse").status()).isEqualTo(200);
    assertThat(submit("force").as(202, RequestView.class).outcome()).isEqualTo("queued");
  }

  @Test
  void force_joins_the_build_in_flight_which_then_makes_its_image() {
    farm.queue(recipe);
    worker.build("equal", bytes(), bytes());
    sql("update build set confirmed_at = now() - interval '25 hours'");
    String inFlight = farm.queue(recipe).build().id();
    Held held = worker.claim();
    RequestView forced = submit("force").as(202, RequestView.class);
    assertThat(forced.outcome()).isEqualTo("attached");
    assertThat(forced.build().id()).isEqualTo(inFlight);
    assertThat(worker.resolved(held, "equal").as(200, ResolvedReply.class).reused()).isFalse();
    assertThat(farm.build(inFlight).state()).isEqualTo(BuildState.RUNNING);
  }

  @Test
  void equal_forces_at_once_and_one_that_ends_reused_make_one_build_more() throws Exception {
    farm.queue(recipe);
    worker.build("equal", bytes(), bytes());
    List<RequestView> forced = Farm.atOnce(20, () -> submit("force").as(202, RequestView.class));
    assertThat(forced)
        .extracting(each -> each.build().id())
        .containsOnly(forced.getFirst().build().id());
    assertThat(value("select count(*) from build")).isEqualTo("2");
  }

  @Test
  void a_forecast_tells_what_would_happen_and_changes_nothing() {
    ForecastView first = forecast("build-or-reuse");
    assertThat(first.outcome()).isEqualTo("queued");
    assertThat(first.build()).isNull();
    assertThat(first.recipe().packages()).isEqualTo(recipe.packages());
    assertThat(first.recipeDigest()).isEqualTo(first.recipe().digest().hex());
    assertThat(forecast("force").outcome()).isEqualTo("queued");
    assertThat(forecast("reuse-only").outcome()).isEqualTo("refused");
    assertThat(contents()).isEqualTo("[][][]");

    farm.queue(Farm.anyRecipe());
    farm.submit(Farm.anyRecipe(), 80);
    assertThat(forecast("force").waitingBefore()).isEqualTo(2);
    assertThat(forecast("force", 70).waitingBefore()).isEqualTo(1);
    String mine = farm.queue(recipe).build().id();
    awaitOffersSent();
    String before = contents();
    for (String mode : List.of("build-or-reuse", "force")) {
      ForecastView joining = forecast(mode, 70);
      assertThat(joining.outcome()).isEqualTo("attached");
      assertThat(Objects.requireNonNull(joining.build()).id()).isEqualTo(mine);
      assertThat(joining.waitingBefore()).isEqualTo(1);
    }
    assertThat(forecast("force", 10).waitingBefore()).isEqualTo(2);
    assertThat(forecast("reuse-only").why()).contains(mine);
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void a_forecast_of_a_record_and_of_a_failure_names_it() {
    farm.queue(recipe);
    worker.fail(worker.claim(), FailureReason.PACKAGE_MISSING);
    assertThat(forecast("build-or-reuse").why()).contains("fail again");
    submit("force");
    Held held = worker.build("any", bytes(), bytes());
    String before = contents();
    for (String mode : List.of("build-or-reuse", "reuse-only")) {
      ForecastView forecast = forecast(mode);
      assertThat(forecast.outcome()).isEqualTo("reused");
      assertThat(forecast.build()).extracting(BuildView::id).isEqualTo(held.build());
    }
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void a_forecast_leaves_idempotency_keys_alone() {
    HttpRequest.Builder keyed =
        HttpRequest.newBuilder(farm.at("/api/v2/builds"))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "key-1");
    SubmitBuild dry = new SubmitBuild(null, recipe, null, null, "force", true);
    SubmitBuild real = new SubmitBuild(null, recipe, null, null, "force", false);
    Farm.send(keyed.POST(HttpRequest.BodyPublishers.ofString(Farm.json(dry))))
        .as(200, ForecastView.class);
    Farm.send(keyed.POST(HttpRequest.BodyPublishers.ofString(Farm.json(real))))
        .as(202, RequestView.class);
    assertThat(
            Farm.send(keyed.POST(HttpRequest.BodyPublishers.ofString(Farm.json(dry))))
                .as(200, ForecastView.class)
                .outcome())
        .isEqualTo("attached");
  }

  @Test
  void a_forecast_refuses_what_a_submission_would_refuse() {
    farm.post("/api/v2/builds", new SubmitBuild("no-such-profile", null, null, null, null, true))
        .problem(ProblemType.UNKNOWN_PROFILE);
  }

  private Held claimOnceSent() {
    awaitOffersSent();
    return worker.claim();
  }
}
