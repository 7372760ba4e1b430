package dev.wrtfarm.api.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.Answer;
import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.TestWorker.Held;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.common.rest.InlineRecipe;
import dev.wrtfarm.common.rest.RequestView;
import dev.wrtfarm.common.rest.SubmitBuild;
import dev.wrtfarm.common.worker.ResolvedReply;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

@QuarkusTest
@SuppressWarnings("NullAway.Init")
class RetentionTest extends FarmTest {
  @Inject Retention retention;

  @Test
  void a_record_goes_with_all_that_is_its_own_when_it_was_not_used_for_long() {
    String build = farm.queue(Farm.anyRecipe()).build().id();
    Held lost = worker.claim();
    worker.log(lost, 0, "a log of an attempt that died\n");
    loseLease(lost);
    Farm.eventually("the lease is lost", () -> farm.build(build).state() == BuildState.QUEUED);
    worker.build("any", bytes(), bytes());
    age("89 days");
    retention.clear();
    assertThat(farm.build(build).artifacts()).hasSize(2);

    age("91 days");
    retention.clear();
    farm.get("/api/v2/builds/" + build).problem(ProblemType.NOT_FOUND);
    for (String table :
        new String[] {"build", "request", "attempt", "artifact", "log_chunk", "package_set"}) {
      assertThat(value("select count(*) from " + table)).as(table).isEqualTo("0");
    }
    // Its objects are the collector's.
    assertThat(value("select count(*) from blob where state = 'PRESENT'")).isEqualTo("2");
  }

  @Test
  void failed_and_cancelled_builds_have_terms_of_their_own() {
    farm.queue(Farm.anyRecipe());
    worker.fail(worker.claim(), FailureReason.PACKAGE_MISSING);
    RequestView cancelled = farm.queue(Farm.anyRecipe());
    farm.delete("/api/v2/requests/" + cancelled.id());
    age("8 days");
    retention.clear();
    assertThat(states()).isEqualTo("FAILED");
    age("31 days");
    retention.clear();
    assertThat(states()).isEmpty();
  }

  @Test
  void a_build_that_has_not_ended_stays_however_old_it_is() {
    farm.queue(Farm.anyRecipe());
    worker.resolved(worker.claim(), "any");
    farm.queue(Farm.anyRecipe());
    age("1000 days");
    retention.clear();
    assertThat(states()).isEqualTo("QUEUED RUNNING");
    assertThat(value("select count(*) from package_set")).isEqualTo("1");
  }

  @Test
  void a_record_stays_while_a_reused_build_points_at_it_and_goes_after_it() {
    Reused reused = reused();
    age("1000 days");
    sql("update build set last_used_at = now() where id = '%s'".formatted(reused.build()));
    retention.clear();
    assertThat(states()).isEqualTo("REUSED SUCCEEDED");
    age("1000 days");
    retention.clear();
    assertThat(states()).isEmpty();
  }

  @Test
  void reuse_and_download_are_uses() {
    Reused reused = reused();
    age("1000 days");
    farm.get(farm.build(reused.build()).artifacts().getFirst().url());
    assertThat(value("select count(*) from build where last_used_at < now() - interval '1 day'"))
        .as("a download is a use of the build and of the record whose file it is")
        .isEqualTo("0");
    age("1000 days");
    assertThat(farm.submit(reused.recipe(), null).status()).isEqualTo(200);
    retention.clear();
    assertThat(states()).contains("SUCCEEDED");
  }

  @Test
  void a_record_that_somebody_is_just_reusing_is_passed_over() throws SQLException {
    Held held = built();
    age("1000 days");
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select 1 from build for update");
      retention.clear();
      statement.execute("update build set last_used_at = now()");
      connection.commit();
    }
    retention.clear();
    assertThat(farm.build(held.build()).state()).isEqualTo(BuildState.SUCCEEDED);
  }

  @Test
  void a_package_set_that_somebody_is_about_to_use_stays() throws SQLException {
    built();
    sql("update build set package_set_digest = null");
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select 1 from package_set for key share");
      retention.clear();
      assertThat(value("select count(*) from package_set")).isEqualTo("1");
      connection.rollback();
    }
    retention.clear();
    assertThat(value("select count(*) from package_set")).isEqualTo("0");
  }

  @Test
  void an_idempotency_key_counts_for_a_day() {
    InlineRecipe recipe = Farm.anyRecipe();
    String first = withKey(recipe).as(202, RequestView.class).id();
    sql("update idempotency_key set created_at = now() - interval '23 hours'");
    retention.clear();
    assertThat(withKey(recipe).as(202, RequestView.class).id()).isEqualTo(first);
    sql("update idempotency_key set created_at = now() - interval '25 hours'");
    // Not deleted yet, it counts no more; the new one takes its place.
    String second = withKey(recipe).as(202, RequestView.class).id();
    assertThat(second).isNotEqualTo(first);
    sql("update idempotency_key set created_at = now() - interval '25 hours'");
    retention.clear();
    assertThat(value("select count(*) from idempotency_key")).isEqualTo("0");
  }

  @Test
  void a_record_stays_as_long_as_a_key_for_it_counts_and_the_key_goes_with_it() {
    InlineRecipe recipe = Farm.anyRecipe();
    String request = withKey(recipe).as(202, RequestView.class).id();
    worker.build("any", bytes(), bytes());
    age("1000 days");
    sql("update idempotency_key set created_at = now() - interval '23 hours'");
    retention.clear();
    assertThat(states()).isEqualTo("SUCCEEDED");
    RequestView again = withKey(recipe).as(202, RequestView.class);
    assertThat(again.id()).isEqualTo(request);
    assertThat(again.build().state()).isEqualTo(BuildState.SUCCEEDED);
    age("1000 days");
    sql("update idempotency_key set created_at = now() - interval '25 hours'");
    retention.clear();
    assertThat(value("select count(*) from idempotency_key")).isEqualTo("0");
    assertThat(states()).isEmpty();
  }

  private Answer withKey(InlineRecipe recipe) {
    return Farm.send(
        HttpRequest.newBuilder(farm.at("/api/v2/builds"))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "one-key")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    Farm.json(new SubmitBuild(null, recipe, null, null)))));
  }

  private record Reused(InlineRecipe recipe, String build) {}

  private Reused reused() {
    InlineRecipe recipe = Farm.anyRecipe();
    farm.queue(recipe);
    worker.build("the same packages", bytes(), bytes());
    sql("update build set confirmed_at = now() - interval '30 hours'");
    String again = farm.queue(recipe).build().id();
    assertThat(
            worker
                .resolved(worker.claim(), "the same packages")
                .as(200, ResolvedReply.class)
                .reused())
        .isTrue();
    return new Reused(recipe, again);
  }

  private Held built() {
    farm.queue(Farm.anyRecipe());
    return worker.build("any", bytes(), bytes());
  }

  private void age(String by) {
    sql("update build set last_used_at = now() - interval '%s'".formatted(by));
  }

  private String states() {
    return value("select coalesce(string_agg(state, ' ' order by state), '') from build");
  }
}
