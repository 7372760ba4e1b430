package dev.wrtfarm.api.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.Answer;
import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.common.problem.Problem;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.common.rest.BuildView;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ProblemTest extends FarmTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "{\"profile\":                                               | -                | line 1",
        "nonsense                                                    | -                | line 1",
        "{} {}                                                       | -                | JSON",
        "[]                                                          | -                | object",
        "null                                                        | body             | JSON object",
        "{\"profil\":\"x\"}                                          | profil           | known ones are",
        "{\"priority\":\"50\",\"profile\":\"x\"}                     | priority         | type",
        "{\"priority\":7.5,\"profile\":\"x\"}                        | priority         | type",
        "{\"priority\":101,\"profile\":\"test-device\"}              | priority         | 0 (last) to 100",
        "{\"profile\":\"a\",\"profile\":\"b\"}                       | -                | JSON",
        "{}                                                          | profile          | one of the two",
        "{\"recipe\":{\"release\":\"24.10.0\",\"target\":\"x86/64\"}}| recipe.profile   | missing",
        "{\"recipe\":{\"release\":\"latest\",\"target\":\"x86/64\",\"profile\":\"generic\"}} | release | 24.10.2",
        "{\"recipe\":{\"release\":\"24.10.0\",\"target\":\"x86\",\"profile\":\"generic\"}} | target | ath79/nand",
        "{\"profile\":\"test-device\",\"packages\":[\"$(id)\"]}      | package          | letters",
        "{\"profile\":\"test-device\",\"packages\":[null]}           | packages         | missing",
        "{\"profile\":\"test-device\",\"packages\":[\"a\",\"-a\"]}   | packages         | both added and removed",
        "{\"profile\":\"test-device\",\"packages\":{\"a\":1}}        | packages         | type",
      })
  void a_body_that_is_wrong_is_told_where_and_why(String body, String field, String why) {
    Problem problem = submit(body).problem(ProblemType.INVALID_REQUEST);
    assertThat(problem.field()).isEqualTo(field);
    assertThat(problem.detail()).contains(why);
  }

  @Test
  void an_unknown_profile_is_named() {
    Problem problem = submit("{\"profile\":\"test-devic\"}").problem(ProblemType.UNKNOWN_PROFILE);
    assertThat(problem.detail()).contains("test-device");
  }

  @ParameterizedTest
  @CsvSource({
    "24.10.2, x86/64,    generic, release, 24.10.1",
    "24.10.0, ath79/nan, generic, target,  ath79/nand",
    "24.10.0, x86/64,    sample_routr, profile, sample_router",
  })
  void what_upstream_does_not_have_is_refused_with_what_is_near(
      String release, String target, String profile, String field, String near) {
    String body =
        "{\"recipe\":{\"release\":\"%s\",\"target\":\"%s\",\"profile\":\"%s\"}}"
            .formatted(release, target, profile);
    List<Answer> answers = new ArrayList<>();
    // Accepted if upstream's answer comes late.
    Farm.eventually(
        "upstream answers in time",
        () -> {
          answers.add(submit(body));
          return answers.getLast().status() != 202;
        });
    Problem problem = answers.getLast().problem(ProblemType.UNKNOWN_RELEASE);
    assertThat(problem.field()).isEqualTo(field);
    assertThat(problem.detail()).contains(near);
  }

  @Test
  void an_upstream_that_is_out_of_sorts_refuses_nothing() {
    assertThat(farm.submit(Farm.recipe("23.05.5"), null).status()).isEqualTo(202);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/api/v2/nothing",
        "/api/v2/builds/b-0000000000000000",
        "/api/v2/builds/b-0000000000000000/log",
        "/api/v2/builds/b-0000000000000000/artifacts",
        "/api/v2/builds/b-0000000000000000/artifacts/a.img",
        "/api/v2/requests/r-0000000000000000",
        "/api/v2/builds/..%2f..%2fetc",
      })
  void what_is_not_there_is_not_found(String path) {
    farm.get(path).problem(ProblemType.NOT_FOUND);
  }

  @Test
  void characters_that_no_text_may_have_are_refused() {
    farm.get("/api/v2/builds/%00").problem(ProblemType.INVALID_REQUEST);
    farm.post(
            "/api/worker/v1/release",
            "{\"lease\":{\"build\":\"\\u0000\",\"fence\":1,\"secret\":\"s\"},\"why\":\"\"}",
            "application/json",
            Farm.WORKER)
        .problem(ProblemType.INVALID_REQUEST);
  }

  @Test
  void a_method_that_there_is_not_is_told() {
    Answer answer = Farm.send(HttpRequest.newBuilder(farm.at("/api/v2/builds")).DELETE());
    answer.problem(ProblemType.METHOD_NOT_ALLOWED);
  }

  @Test
  void a_form_is_no_json() {
    for (String type : new String[] {"text/plain", "application/x-www-form-urlencoded"}) {
      farm.post("/api/v2/builds", "profile=test-device", type, null)
          .problem(ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }
    Farm.send(
            HttpRequest.newBuilder(farm.at("/api/v2/builds"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"profile\":\"test-device\"}")))
        .problem(ProblemType.UNSUPPORTED_MEDIA_TYPE);
    assertThat(value("select count(*) from build")).isEqualTo("0");
  }

  @Test
  void another_form_than_json_cannot_be_had() {
    Farm.send(HttpRequest.newBuilder(farm.at("/api/v2/builds")).header("Accept", "image/png"))
        .problem(ProblemType.NOT_ACCEPTABLE);
  }

  @Test
  void a_body_over_a_mebibyte_is_too_large() {
    byte[] body = ("{\"profile\":\"" + "x".repeat(1 << 20) + "\"}").getBytes(UTF_8);
    for (HttpRequest.BodyPublisher publisher :
        List.of(
            HttpRequest.BodyPublishers.ofByteArray(body),
            // In chunks, without a length.
            HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))) {
      Farm.send(
              HttpRequest.newBuilder(farm.at("/api/v2/builds"))
                  .header("Content-Type", "application/json")
                  .POST(publisher))
          .problem(ProblemType.TOO_LARGE);
    }
  }

  @Test
  void the_list_shows_the_newest_first_and_takes_a_limit() {
    String first = farm.queue(Farm.anyRecipe()).build().id();
    String second = farm.queue(Farm.anyRecipe()).build().id();
    assertThat(farm.get("/api/v2/builds").as(200, BuildView[].class))
        .extracting(BuildView::id)
        .containsExactly(second, first);
    assertThat(farm.get("/api/v2/builds?limit=1").as(200, BuildView[].class)).hasSize(1);
    for (String limit : new String[] {"0", "-1", "x", "9999"}) {
      assertThat(
              farm.get("/api/v2/builds?limit=" + limit)
                  .problem(ProblemType.INVALID_REQUEST)
                  .field())
          .isEqualTo("limit");
    }
  }

  @Test
  void a_log_is_followed_or_not_and_nothing_between() {
    String build = farm.queue(Farm.anyRecipe()).build().id();
    for (String follow : new String[] {"1", "yes", "TRUE"}) {
      assertThat(
              farm.get("/api/v2/builds/%s/log?follow=%s".formatted(build, follow))
                  .problem(ProblemType.INVALID_REQUEST)
                  .field())
          .isEqualTo("follow");
    }
    assertThat(farm.get("/api/v2/builds/" + build + "/log?follow=false").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a,b"})
  void a_key_that_is_none_does_not_count_as_no_key(String keys) {
    for (String path : List.of("/api/v2/builds", "/api/v2/flash-jobs")) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(farm.at(path))
              .header("Content-Type", "application/json")
              .header("Authorization", "Bearer " + Farm.OPERATOR)
              .POST(HttpRequest.BodyPublishers.ofString("{\"profile\":\"test-device\"}"));
      for (String key : keys.split(",", -1)) {
        request.header("Idempotency-Key", key);
      }
      assertThat(Farm.send(request).problem(ProblemType.INVALID_REQUEST).field())
          .isEqualTo("Idempotency-Key");
    }
    assertThat(value("select count(*) from build")).isEqualTo("0");
  }

  @Test
  void a_workers_body_is_read_as_strictly() {
    Answer answer =
        farm.post(
            "/api/worker/v1/heartbeat",
            "{\"lease\":{\"build\":\"b\",\"fence\":1},\"stage\":\"FETCH\",\"percent\":1,\"detail\":\"\"}",
            "application/json",
            Farm.WORKER);
    assertThat(answer.problem(ProblemType.INVALID_REQUEST).field()).isEqualTo("lease.secret");
    assertThat(
            farm.post(
                    "/api/worker/v1/heartbeat",
                    "{\"lease\":{\"build\":\"b\",\"fence\":1,\"secret\":\"s\"},\"stage\":\"NO\"}",
                    "application/json",
                    Farm.WORKER)
                .problem(ProblemType.INVALID_REQUEST)
                .field())
        .isEqualTo("stage");
  }

  private Answer submit(String body) {
    return farm.post("/api/v2/builds", body, "application/json", null);
  }
}
