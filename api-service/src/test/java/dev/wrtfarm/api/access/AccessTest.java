package dev.wrtfarm.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.Answer;
import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.RawHttp;
import dev.wrtfarm.common.problem.ProblemType;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AccessTest extends FarmTest {
  private static final String CLAIM =
      "{\"worker\":\"w\",\"nonce\":\"00000000000000000000000000000000\"}";

  @Test
  void a_workers_route_takes_a_workers_token_only() {
    claim(null).problem(ProblemType.TOKEN_MISSING);
    assertThat(claim(null).headers().firstValue("www-authenticate").orElseThrow())
        .isEqualTo("Bearer");
    claim(Farm.OPERATOR).problem(ProblemType.TOKEN_REFUSED);
    claim(Farm.AGENT).problem(ProblemType.TOKEN_REFUSED);
    claim("").problem(ProblemType.TOKEN_REFUSED);
    assertThat(claim(Farm.WORKER).status()).isEqualTo(204);
  }

  @Test
  void a_path_in_disguise_is_the_same_path() {
    for (String path :
        new String[] {
          "/api/v2/../worker/v1/claim",
          "/api/worker;x=1/v1/claim",
          "/api;/worker/v1/claim",
          "/api//worker/v1/claim",
          "/api/%77orker/v1/claim"
        }) {
      assertThat(farm.post(path, CLAIM, "application/json", null).status()).as(path).isIn(401, 404);
    }
  }

  @Test
  void no_disguise_opens_a_route_that_has_cards_written() {
    for (String path :
        new String[] {
          "/api/v2/flash-jobs",
          "/api/v2/flash-jobs/",
          "/api/v2//flash-jobs",
          "/api/v2/./flash-jobs",
          "/api/v2/builds/../flash-jobs",
          "/api/v2/%66lash-jobs",
          "/api/v2/flash%2Djobs",
          "/api/v2;x/flash-jobs",
          "/api/v2/hosts/lab1",
          "/api/v2/cards/cid:1"
        }) {
      assertThat(farm.get(path).status()).as(path).isIn(401, 404);
      assertThat(farm.post(path, "{}", "application/json", Farm.WORKER).status())
          .as(path)
          .isIn(403, 404);
    }
  }

  @Test
  void reading_and_health_are_open_on_loopback() {
    assertThat(farm.get("/api/v2/status").status()).isEqualTo(200);
    assertThat(farm.get("/q/health/ready").status()).isEqualTo(200);
    assertThat(farm.get("/q/openapi").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", ""})
  void another_host_is_refused(String host) {
    new RawHttp(farm).get("/api/v2/status", "Host: " + host).problem(ProblemType.HOST_REFUSED);
  }

  @Test
  void health_answers_to_any_host() {
    assertThat(new RawHttp(farm).get("/q/health/live", "Host: 10.1.2.3").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null", "http://localhost:1", "file://"})
  void a_page_of_another_origin_is_refused(String origin) {
    withOrigin(origin).problem(ProblemType.HOST_REFUSED);
  }

  @Test
  void a_page_of_our_own_is_not() {
    int port = farm.at("/").getPort();
    assertThat(withOrigin("http://localhost:" + port).status()).isEqualTo(200);
    assertThat(withOrigin("http://127.0.0.1:" + port).status()).isEqualTo(200);
  }

  private Answer withOrigin(String origin) {
    return Farm.send(HttpRequest.newBuilder(farm.at("/api/v2/status")).header("Origin", origin));
  }

  private Answer claim(@Nullable String token) {
    return farm.post("/api/worker/v1/claim", CLAIM, "application/json", token);
  }
}
