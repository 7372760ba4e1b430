package dev.wrtfarm.api.log;

import static dev.wrtfarm.api.TestWorker.produced;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.TestWorker.Held;
import dev.wrtfarm.common.build.ArtifactKind;
import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.problem.Problem;
import dev.wrtfarm.common.problem.ProblemType;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LogTest extends FarmTest {
  /** A connection for each answer. */
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void the_log_so_far_can_be_read_and_a_repeated_chunk_counts_once() {
    farm.queue(Farm.anyRecipe());
    Held held = worker.claim();
    worker.log(held, 0, "one\n");
    worker.log(held, 0, "one\n");
    worker.log(held, 1, "two\n");
    assertThat(farm.get(log(held)).body()).isEqualTo("one\ntwo\n");
  }

  @Test
  void a_chunk_that_leaves_a_gap_is_refused() {
    farm.queue(Farm.anyRecipe());
    Held held = worker.claim();
    worker.log(held, 0, "one\n");
    Problem refused = worker.log(held, 2, "three\n").problem(ProblemType.INVALID_REQUEST);
    assertThat(refused.field()).isEqualTo("sequence");
    assertThat(refused.detail()).contains("send chunk 1 first");
    worker.log(held, 1, "two\n");
    worker.log(held, 2, "three\n");
    assertThat(farm.get(log(held)).body()).isEqualTo("one\ntwo\nthree\n");
  }

  @Test
  void a_log_that_is_too_long_to_follow_is_cut_with_a_word_about_it_and_whole_at_the_end() {
    farm.queue(Farm.anyRecipe());
    Held held = worker.claim();
    String chunk = ("ä".repeat(99) + "\n").repeat(2_400);
    String whole = chunk.repeat(17);
    int sequence = 0;
    for (; sequence < 17; sequence++) {
      assertThat(worker.log(held, sequence, chunk).status()).isEqualTo(204);
    }
    String cut = farm.get(log(held)).body();
    String word = "\n[… too much to follow: the rest is in the log when the attempt ends …]\n";
    assertThat(cut.length()).isLessThan(whole.length());
    assertThat(cut).endsWith(word);
    assertThat(whole.startsWith(cut.substring(0, cut.length() - word.length()))).isTrue();
    complete(held, whole);
    assertThat(farm.get(log(held)).body().equals(whole)).isTrue();
  }

  @Test
  void a_follower_sees_the_log_grow_through_attempts_until_the_end() throws Exception {
    String id = farm.queue(Farm.anyRecipe()).build().id();
    HttpClient http = HttpClient.newHttpClient();
    HttpResponse<InputStream> response =
        http.send(
            HttpRequest.newBuilder(farm.at("/api/v2/builds/" + id + "/log?follow=true")).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.headers().firstValue("content-type").orElseThrow())
        .isEqualToIgnoringCase("text/plain;charset=UTF-8");
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
      Held first = worker.claim();
      worker.log(first, 0, "first attempt\n");
      assertThat(lines.readLine()).isEqualTo("first attempt");
      worker.release(first);

      Held second = worker.claim();
      worker.log(second, 0, "second attempt\n");
      assertThat(lines.readLine()).isEmpty();
      assertThat(lines.readLine()).isEqualTo("=== attempt 1 released; attempt 2, worker-1 ===");
      assertThat(lines.readLine()).isEqualTo("second attempt");
      complete(second, "second attempt\nits end\n");
      assertThat(lines.readLine()).isEqualTo("its end");
      assertThat(lines.readLine()).isNull();
    }
    assertThat(farm.get("/api/v2/builds/" + id + "/log").body()).contains("its end\n");
  }

  /** More of them than the pool has connections: a follower that waits holds none. */
  @Test
  void many_followers_of_logs_hold_up_nobody() throws Exception {
    String id = farm.queue(Farm.anyRecipe()).build().id();
    List<BufferedReader> logs = new ArrayList<>();
    try {
      for (int i = 0; i < 25; i++) {
        logs.add(follow(id));
      }
      Held held = worker.claim();
      assertThat(worker.heartbeat(held).status()).isEqualTo(200);
      assertThat(worker.log(held, 0, "one line\n").status()).isEqualTo(204);
      for (BufferedReader log : logs) {
        assertThat(log.readLine()).isEqualTo("one line");
      }
      worker.fail(held, FailureReason.PACKAGE_MISSING);
      for (BufferedReader log : logs) {
        assertThat(log.readLine()).isNull();
      }
    } finally {
      for (BufferedReader log : logs) {
        log.close();
      }
    }
  }

  private BufferedReader follow(String build) throws Exception {
    HttpResponse<InputStream> response =
        HTTP.send(
            HttpRequest.newBuilder(farm.at("/api/v2/builds/" + build + "/log?follow=true"))
                .timeout(Duration.ofSeconds(30))
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    return new BufferedReader(new InputStreamReader(response.body(), UTF_8));
  }

  private void complete(Held held, String log) {
    worker.resolved(held, "any-" + held.build());
    byte[] image = bytes();
    byte[] whole = log.getBytes(UTF_8);
    worker.send(held, image, whole);
    worker.complete(
        held,
        produced("a.img", ArtifactKind.IMAGE, image),
        produced("build.log", ArtifactKind.LOG, whole));
  }

  private static String log(Held held) {
    return "/api/v2/builds/" + held.build() + "/log";
  }
}
