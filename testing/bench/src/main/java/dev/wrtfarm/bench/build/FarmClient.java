package dev.wrtfarm.bench.build;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.wrtfarm.bench.process.BenchFailed;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.InlineRecipe;
import dev.wrtfarm.common.rest.RequestView;
import dev.wrtfarm.common.rest.SubmitBuild;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks the farm for builds, as a program of one's own would. */
final class FarmClient implements AutoCloseable {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI api;

  FarmClient(URI api) {
    this.api = api;
  }

  /** The answer to a submission, as soon as it came. */
  RequestView submit(InlineRecipe recipe) {
    try {
      String body = JSON.writeValueAsString(new SubmitBuild(null, recipe, null, null));
      return ask(
          HttpRequest.newBuilder(api.resolve("/api/v2/builds"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body)),
          RequestView.class);
    } catch (IOException e) {
      throw new BenchFailed("the recipe cannot be written: " + e.getMessage(), e);
    }
  }

  BuildView awaitEnd(String build) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      BuildView view =
          ask(HttpRequest.newBuilder(api.resolve("/api/v2/builds/" + build)), BuildView.class);
      if (!view.state().isUnfinished()) {
        return view;
      }
      if (System.nanoTime() > deadline) {
        throw new BenchFailed("the build did not end within %s: %s".formatted(LIMIT, view));
      }
      pause();
    }
  }

  private <T> T ask(HttpRequest.Builder request, Class<T> type) {
    try {
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new BenchFailed(
            "%s answered %d: %s".formatted(answer.uri(), answer.statusCode(), answer.body()));
      }
      return JSON.readValue(answer.body(), type);
    } catch (IOException e) {
      throw new BenchFailed("the farm at " + api + " did not answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailed("stopped", e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailed("stopped", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
