package dev.wrtfarm.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.InlineRecipe;
import dev.wrtfarm.common.rest.RequestView;
import dev.wrtfarm.common.rest.SubmitBuild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The service under test, as its callers see it. */
public final class Farm {
  public static final String OPERATOR = "operator-token-of-the-tests";
  public static final String WORKER = "worker-token-of-the-tests";
  public static final String AGENT = "agent-token-of-the-tests";
  static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Three times what the slowest promise takes: an offer that the broker does not answer to. */
  static final Duration LIMIT = Duration.ofMinutes(2);

  private final URI root;

  public Farm(URI root) {
    this.root = root;
  }

  public URI at(String path) {
    return root.resolve(path);
  }

  public Answer get(String path) {
    return send(HttpRequest.newBuilder(at(path)));
  }

  public Answer delete(String path) {
    return send(HttpRequest.newBuilder(at(path)).DELETE());
  }

  public Answer post(String path, Object body) {
    return post(path, json(body), "application/json", null);
  }

  public Answer post(String path, String body, String type, @Nullable String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at(path))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return send(token == null ? request : request.header("Authorization", "Bearer " + token));
  }

  public static Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          HTTP.send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public static String json(Object value) {
    try {
      return Answer.JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** A recipe that nobody else asks for. */
  public static InlineRecipe anyRecipe() {
    return recipe("24.10.0", "only-" + UUID.randomUUID());
  }

  public static InlineRecipe recipe(String release, String... packages) {
    return new InlineRecipe(release, "x86/64", "generic", List.of(packages), null, null, null);
  }

  public Answer submit(InlineRecipe recipe, @Nullable Integer priority) {
    return post("/api/v2/builds", new SubmitBuild(null, recipe, null, priority));
  }

  public RequestView queue(InlineRecipe recipe) {
    RequestView request = submit(recipe, null).as(202, RequestView.class);
    assertThat(request.outcome()).isEqualTo("queued");
    return request;
  }

  public BuildView build(String id) {
    return get("/api/v2/builds/" + id).as(200, BuildView.class);
  }

  public TestWorker worker(String name) {
    return new TestWorker(this, name);
  }

  /** Asks again and again, up to a deadline: nothing here sleeps for correctness. */
  public static void eventually(String what, BooleanSupplier holds) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Runs it so often at the same time. */
  public static <T> List<T> atOnce(int times, Callable<T> task)
      throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> started = Stream.generate(() -> threads.submit(task)).limit(times).toList();
      List<T> results = new ArrayList<>();
      for (Future<T> each : started) {
        results.add(each.get());
      }
      return results;
    }
  }
}
