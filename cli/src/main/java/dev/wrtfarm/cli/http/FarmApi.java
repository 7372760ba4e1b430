package dev.wrtfarm.cli.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.wrtfarm.cli.output.Json;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.cli.problem.FarmUnreachable;
import dev.wrtfarm.common.rest.ArtifactView;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.FarmView;
import dev.wrtfarm.common.rest.ProfileView;
import dev.wrtfarm.common.rest.RequestView;
import dev.wrtfarm.common.rest.SubmitBuild;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The calls of {@code /api/v2}. An answer that is no success becomes a {@link CommandFailed}. */
public final class FarmApi implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
  private static final int FIRST_FAILURE = 300;

  private final FarmAddress address;
  private final HttpClient http;

  public FarmApi(FarmAddress address) {
    this.address = address;
    // Redirects are followed by hand: the token is the farm's, not the object store's.
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_LIMIT)
            .build();
  }

  public URI url() {
    return address.url();
  }

  public RequestView submit(SubmitBuild wish) throws InterruptedException {
    HttpRequest.Builder request =
        to("/builds")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Json.line(wish)));
    return read(request, new TypeReference<>() {});
  }

  public RequestView request(String id) throws InterruptedException {
    return read(to("/requests/" + encoded(id)).GET(), new TypeReference<>() {});
  }

  public BuildView build(String id) throws InterruptedException {
    return read(to("/builds/" + encoded(id)).GET(), new TypeReference<>() {});
  }

  public List<BuildView> builds(int limit) throws InterruptedException {
    return read(to("/builds?limit=" + limit).GET(), new TypeReference<>() {});
  }

  public List<ProfileView> profiles() throws InterruptedException {
    return read(to("/profiles").GET(), new TypeReference<>() {});
  }

  public ProfileView profile(String id) throws InterruptedException {
    return read(to("/profiles/" + encoded(id)).GET(), new TypeReference<>() {});
  }

  public FarmView status() throws InterruptedException {
    return read(to("/status").GET(), new TypeReference<>() {});
  }

  public void cancel(String requestId) throws InterruptedException {
    HttpRequest request = to("/requests/" + encoded(requestId)).DELETE().build();
    checked(send(request, BodyHandlers.ofInputStream()));
  }

  /** The log as it comes; the stream ends with the build when it is followed. */
  public InputStream log(String buildId, boolean follow) throws InterruptedException {
    HttpRequest.Builder request =
        to("/builds/" + encoded(buildId) + "/log" + (follow ? "?follow=true" : ""));
    if (follow) {
      // A build may be silent for long.
      request = request.timeout(Duration.ofHours(24));
    }
    return redirected(request.GET().build());
  }

  public InputStream open(ArtifactView artifact) throws InterruptedException {
    URI uri = URI.create(address.url() + "/").resolve(artifact.url());
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(ANSWER_LIMIT);
    boolean ours = uri.getAuthority().equals(address.url().getAuthority());
    return redirected((ours ? withToken(request) : request).build());
  }

  private InputStream redirected(HttpRequest request) throws InterruptedException {
    HttpResponse<InputStream> answer = send(request, BodyHandlers.ofInputStream());
    if (answer.statusCode() / 100 != 3) {
      return checked(answer).body();
    }
    URI place = answer.headers().firstValue("Location").map(request.uri()::resolve).orElseThrow();
    return checked(
            send(
                HttpRequest.newBuilder(place).timeout(ANSWER_LIMIT).build(),
                BodyHandlers.ofInputStream()))
        .body();
  }

  private HttpRequest.Builder to(String path) {
    URI uri = URI.create(address.url() + "/api/v2" + path);
    return withToken(HttpRequest.newBuilder(uri).timeout(ANSWER_LIMIT));
  }

  private HttpRequest.Builder withToken(HttpRequest.Builder request) {
    address.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    return request;
  }

  private <T> T read(HttpRequest.Builder request, TypeReference<T> type)
      throws InterruptedException {
    HttpRequest whole = request.header("Accept", "application/json").build();
    try (InputStream body = checked(send(whole, BodyHandlers.ofInputStream())).body()) {
      return Json.MAPPER.readValue(body, type);
    } catch (JsonProcessingException e) {
      throw new CommandFailed(
          ExitCode.UNAVAILABLE,
          "what answers at %s is no wrtfarm, or another version of it".formatted(address.url()),
          "check the address");
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private HttpResponse<InputStream> send(
      HttpRequest request, HttpResponse.BodyHandler<InputStream> handler)
      throws InterruptedException {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private static HttpResponse<InputStream> checked(HttpResponse<InputStream> answer) {
    if (answer.statusCode() < FIRST_FAILURE) {
      return answer;
    }
    try (InputStream body = answer.body()) {
      throw ProblemAnswer.of(
          answer.statusCode(),
          answer.uri(),
          new String(body.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw ProblemAnswer.of(answer.statusCode(), answer.uri(), "");
    }
  }

  private FarmUnreachable unreachable(IOException e) {
    return new FarmUnreachable(address.url(), e);
  }

  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("%40", "@");
  }

  /** Without this the JVM would wait a third of a second for the client's thread at its end. */
  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
