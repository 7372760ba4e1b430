package dev.wrtfarm.system;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.wrtfarm.common.problem.Problem;
import dev.wrtfarm.common.rest.ArtifactView;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.FarmView;
import dev.wrtfarm.common.rest.RequestView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** The farm's own API as a program of one's own would call it. */
public final class FarmClient implements AutoCloseable {
  public static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CROWD = Duration.ofMinutes(3);
  private static final int UNAVAILABLE = 503;

  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
  private final URI api;

  public FarmClient(URI api) {
    this.api = api;
  }

  /** Asks for a build of a profile with changes to its packages. */
  public RequestView submit(String profile, String... packages) {
    String changes = JSON.valueToTree(List.of(packages)).toString();
    return read(
        postUntilTaken("{\"profile\":\"%s\",\"packages\":%s}".formatted(profile, changes)),
        RequestView.class);
  }

  public HttpResponse<String> post(String body) {
    return send(submission(body).build());
  }

  /** Comes again while the farm has too much to do: it says so, rather than let a caller wait. */
  public HttpResponse<String> postUntilTaken(String body) {
    Instant deadline = Instant.now().plus(CROWD);
    HttpResponse<String> answer = post(body);
    while (answer.statusCode() == UNAVAILABLE && Instant.now().isBefore(deadline)) {
      pause();
      answer = post(body);
    }
    return answer;
  }

  /** The same key again gets the same request again. */
  public HttpResponse<String> post(String body, String idempotencyKey) {
    return send(submission(body).header("Idempotency-Key", idempotencyKey).build());
  }

  private HttpRequest.Builder submission(String body) {
    return HttpRequest.newBuilder(api.resolve("/api/v2/builds"))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  Problem refused(String body) {
    return problem(post(body));
  }

  /** A problem that {@link #post} was answered with. */
  static Problem problem(HttpResponse<String> answer) {
    return JSON.convertValue(tree(answer.body()), Problem.class);
  }

  /** A request that {@link #post} was answered with. */
  public static RequestView accepted(HttpResponse<String> answer) {
    return read(answer, RequestView.class);
  }

  public RequestView request(String id) {
    return read(get("/api/v2/requests/" + id), RequestView.class);
  }

  /** The answer's status: 204 when it was cancelled by this. */
  public int cancel(String request) {
    return send(HttpRequest.newBuilder(api.resolve("/api/v2/requests/" + request)).DELETE().build())
        .statusCode();
  }

  public BuildView build(String id) {
    return build(get("/api/v2/builds/" + id));
  }

  /** A build that {@link #get} was answered with. */
  public static BuildView build(HttpResponse<String> answer) {
    return read(answer, BuildView.class);
  }

  public List<BuildView> builds(int limit) {
    return List.of(read(get("/api/v2/builds?limit=" + limit), BuildView[].class));
  }

  public FarmView status() {
    return read(get("/api/v2/status"), FarmView.class);
  }

  /** The log as it grows; returns when the build has ended. */
  public String follow(String id) {
    return get("/api/v2/builds/" + id + "/log?follow=true").body();
  }

  /** All server-sent events until the build has ended. */
  public String events(String id) {
    return send(HttpRequest.newBuilder(api.resolve("/api/v2/builds/" + id + "/events"))
            .header("Accept", "text/event-stream")
            .build())
        .body();
  }

  public String log(String id) {
    return get("/api/v2/builds/" + id + "/log").body();
  }

  public byte[] bytes(ArtifactView artifact) {
    HttpResponse<byte[]> answer = download(artifact);
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(artifact.name() + ": HTTP " + answer.statusCode());
    }
    return answer.body();
  }

  /** By a fresh redirect to the store. */
  public HttpResponse<byte[]> download(ArtifactView artifact) {
    return send(
        HttpRequest.newBuilder(api.resolve(artifact.url())).build(), BodyHandlers.ofByteArray());
  }

  public BuildView awaitEnd(String id, Duration limit) {
    return await(id, limit, build -> !build.state().isUnfinished());
  }

  /** Waits until the build is as wanted. While the API is down, keeps asking. */
  public BuildView await(String id, Duration limit, Predicate<BuildView> wanted) {
    Instant deadline = Instant.now().plus(limit);
    String last = "nothing";
    while (Instant.now().isBefore(deadline)) {
      try {
        BuildView build = build(id);
        if (wanted.test(build)) {
          return build;
        }
        last = build.toString();
      } catch (UncheckedIOException | IllegalStateException e) {
        last = e.toString();
      }
      pause();
    }
    throw new AssertionError("build " + id + " not as wanted within " + limit + ": " + last);
  }

  public HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(api.resolve(path)).build());
  }

  public HttpResponse<String> send(HttpRequest request) {
    return send(request, BodyHandlers.ofString());
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
    try {
      return http.send(request, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T read(HttpResponse<String> answer, Class<T> type) {
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException("HTTP " + answer.statusCode() + ": " + answer.body());
    }
    return JSON.convertValue(tree(answer.body()), type);
  }

  private static com.fasterxml.jackson.databind.JsonNode tree(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new IllegalStateException("not JSON: " + body, e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
