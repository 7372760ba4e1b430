package dev.wrtfarm.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.wrtfarm.common.problem.Problem;
import dev.wrtfarm.common.problem.ProblemType;
import java.net.http.HttpHeaders;

/** What the service answered. */
public record Answer(int status, HttpHeaders headers, String body) {
  static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  public <T> T as(int expectedStatus, Class<T> type) {
    assertThat(status).as(body).isEqualTo(expectedStatus);
    try {
      return JSON.readValue(body, type);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not a " + type.getSimpleName() + ": " + body, e);
    }
  }

  public JsonNode json() {
    return as(status, JsonNode.class);
  }

  /** It is this problem, in the form and with the status that it has everywhere. */
  public Problem problem(ProblemType type) {
    Problem problem = as(type.status(), Problem.class);
    assertThat(headers.firstValue("content-type").orElse("")).contains("application/problem+json");
    assertThat(problem.type()).isEqualTo(type.urn());
    assertThat(problem.title()).isEqualTo(type.title());
    assertThat(problem.status()).isEqualTo(type.status());
    assertThat(problem.detail()).isNotBlank().doesNotContain("Exception", "\tat ");
    return problem;
  }
}
