package dev.wrtfarm.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.Answer;
import dev.wrtfarm.api.EventStream;
import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.common.rest.SubmitBuild;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A service that other machines can reach, and whose broker is away all the time. */
@QuarkusTest
@TestProfile(BoundElsewhereTest.Elsewhere.class)
class BoundElsewhereTest extends FarmTest {
  /** Nothing listens on the broker's address. */
  public static class Elsewhere implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.http.host", "0.0.0.0",
          "kafka.bootstrap.servers", "127.0.0.1:1",
          "wrtfarm.followers.most", "1");
    }
  }

  @Test
  void everything_but_health_needs_the_operators_token() {
    assertThat(farm.get("/q/health/ready").status()).isEqualTo(200);
    for (String path : new String[] {"/api/v2/status", "/q/metrics", "/q/openapi", "/nothing"}) {
      farm.get(path).problem(ProblemType.TOKEN_MISSING);
      with(path, Farm.WORKER).problem(ProblemType.TOKEN_REFUSED);
    }
    assertThat(with("/api/v2/status", Farm.OPERATOR).status()).isEqualTo(200);
  }

  @Test
  void without_a_broker_the_service_is_ready_and_builds_go_on() {
    assertThat(farm.get("/q/health/ready").status()).isEqualTo(200);
    Answer queued =
        farm.post(
            "/api/v2/builds",
            Farm.json(new SubmitBuild(null, Farm.anyRecipe(), null, null)),
            "application/json",
            Farm.OPERATOR);
    assertThat(queued.status()).isEqualTo(202);
    // No offer arrives; a worker that asks by itself gets the build all the same.
    assertThat(worker.claim().build()).isEqualTo(queued.json().at("/build/id").asText());
    assertThat(value("select count(*) from build where state = 'RUNNING'")).isEqualTo("1");
  }

  @Test
  void an_offer_that_cannot_be_sent_keeps_waiting() {
    farm.post(
        "/api/v2/builds",
        Farm.json(new SubmitBuild(null, Farm.anyRecipe(), null, null)),
        "application/json",
        Farm.OPERATOR);
    assertThat(value("select count(*) from build where offer_at is not null")).isEqualTo("1");
  }

  private Answer with(String path, String token) {
    return Farm.send(
        HttpRequest.newBuilder(farm.at(path)).header("Authorization", "Bearer " + token));
  }

  /** Told by nobody: as if another replica had ended the build. */
  @Test
  void without_a_broker_the_end_reaches_a_follower_and_there_are_no_more_than_may_be() {
    String build =
        farm.post(
                "/api/v2/builds",
                Farm.json(new SubmitBuild(null, Farm.anyRecipe(), null, null)),
                "application/json",
                Farm.OPERATOR)
            .json()
            .at("/build/id")
            .asText();
    try (EventStream events =
        EventStream.open(
            HttpRequest.newBuilder(farm.at("/api/v2/builds/" + build + "/events"))
                .header("Authorization", "Bearer " + Farm.OPERATOR))) {
      events.next("state");
      Answer more = with("/api/v2/builds/" + build + "/log?follow=true", Farm.OPERATOR);
      assertThat(more.problem(ProblemType.UNAVAILABLE).detail()).contains("1 followers");
      assertThat(more.headers().firstValue("Retry-After")).isPresent();
      sql(
          "update build set state = 'CANCELLED', ended_at = now() where id = '%s'"
              .formatted(build));
      assertThat(events.next("end").data().get("state").asText()).isEqualTo("CANCELLED");
      assertThat(events.next()).isEmpty();
    }
  }
}
