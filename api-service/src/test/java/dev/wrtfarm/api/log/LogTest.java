package dev.wrtfarm.api.log;

import static dev.wrtfarm.api.TestWorker.produced;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.TestWorker.Held;
import dev.wrtfarm.common.build.ArtifactKind;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LogTest extends FarmTest {

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
      worker.resolved(second, "any");
      byte[] image = bytes();
      byte[] whole = "second attempt\nits end\n".getBytes(UTF_8);
      worker.send(second, image, whole);
      worker.complete(
          second,
          produced("a.img", ArtifactKind.IMAGE, image),
          produced("build.log", ArtifactKind.LOG, whole));
      assertThat(lines.readLine()).isEqualTo("its end");
      assertThat(lines.readLine()).isNull();
    }
    assertThat(farm.get("/api/v2/builds/" + id + "/log").body()).contains("its end\n");
  }

  private static String log(Held held) {
    return "/api/v2/builds/" + held.build() + "/log";
  }
}
