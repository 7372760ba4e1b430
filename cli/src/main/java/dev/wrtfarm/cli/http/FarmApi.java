package dev.wrtfarm.cli.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.wrtfarm.cli.output.Json;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.cli.problem.FarmUnreachable;
import dev.wrtfarm.cli.problem.FarmUnreachable.Silence;
import dev.wrtfarm.common.rest.ArtifactView;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.FarmView;
import dev.wrtfarm.common.rest.ForecastView;
import dev.wrtfarm.common.rest.ProfileView;
import dev.wrtfarm.common.rest.RequestView;
import dev.wrtfarm.common.rest.SubmitBuild;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The calls of {@code /api/v2} about builds. An answer that is no success becomes a {@link
 * CommandFailed}.
 */
public final class FarmApi implements AutoCloseable {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
  private static final int FIRST_FAILURE = 300;
  private static final int NO_CONTENT = 204;

  private final Replicas replicas;

  public FarmApi(FarmAddress address) {
    this.replicas = new Replicas(address.replicas());
  }

  /** All addresses, for people. */
  public String place() {
    return replicas.all().stream().map(Replica::toString).collect(Collectors.joining(", "));
  }

  /** The key is new for each call, so that it can be made again when nobody answers it. */
  public RequestView submit(SubmitBuild wish) throws InterruptedException {
    String key = UUID.randomUUID().toString();
    return read(
        "/builds", request -> posted(request, wish).header(Replicas.KEY, key), RequestView.class);
  }

  /** What a submission would come to; nothing happens. */
  public ForecastView forecast(SubmitBuild wish) throws InterruptedException {
    return read("/builds", request -> posted(request, wish), ForecastView.class);
  }

  public RequestView request(String id) throws InterruptedException {
    return read("/requests/" + encoded(id), RequestView.class);
  }

  public BuildView build(String id) throws InterruptedException {
    return read("/builds/" + encoded(id), BuildView.class);
  }

  public List<BuildView> builds(int limit) throws InterruptedException {
    return List.of(read("/builds?limit=" + limit, BuildView[].class));
  }

  public List<ProfileView> profiles() throws InterruptedException {
    return List.of(read("/profiles", ProfileView[].class));
  }

  public ProfileView profile(String id) throws InterruptedException {
    return read("/profiles/" + encoded(id), ProfileView.class);
  }

  public FarmView status() throws InterruptedException {
    return read("/status", FarmView.class);
  }

  public void cancel(String requestId) throws InterruptedException {
    String path = "/requests/" + encoded(requestId);
    checked(replicas.send(replica -> to(replica, path).DELETE().build()));
  }

  /** The log as far as it goes. */
  public InputStream log(String buildId) throws InterruptedException {
    String path = "/builds/" + encoded(buildId) + "/log";
    return redirected(replica -> to(replica, path).build());
  }

  /**
   * What happens to a build, from where another stream ended; empty when the end was told there.
   *
   * @param after the id of the last event that was heard, or nothing
   */
  public Optional<EventStream> events(String buildId, String after) throws InterruptedException {
    String path = "/builds/" + encoded(buildId) + "/events";
    HttpResponse<InputStream> answer =
        checked(
            replicas.send(replica -> {
              HttpRequest.Builder request = to(replica, path).header("Accept", "text/event-stream");
              return (after.isEmpty() ? request : request.header("Last-Event-ID", after)).build();
            }));
    return answer.statusCode() == NO_CONTENT
        ? Optional.empty()
        : Optional.of(new EventStream(answer.body()));
  }

  public InputStream open(ArtifactView artifact) throws InterruptedException {
    return redirected(replica -> {
      URI uri = URI.create(replica.url() + "/").resolve(artifact.url());
      HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(ANSWER_LIMIT);
      boolean ours = uri.getAuthority().equals(replica.url().getAuthority());
      return (ours ? withToken(request, replica) : request).build();
    });
  }

  private InputStream redirected(Function<Replica, HttpRequest> call) throws InterruptedException {
    HttpResponse<InputStream> answer = replicas.send(call);
    if (answer.statusCode() / 100 != 3) {
      return checked(answer).body();
    }
    URI place = answer.headers().firstValue("Location").map(answer.uri()::resolve).orElseThrow();
    HttpRequest there = HttpRequest.newBuilder(place).timeout(ANSWER_LIMIT).build();
    return checked(replicas.get(there)).body();
  }

  private static HttpRequest.Builder to(Replica replica, String path) {
    URI uri = URI.create(replica.url() + "/api/v2" + path);
    return withToken(HttpRequest.newBuilder(uri).timeout(ANSWER_LIMIT), replica);
  }

  private static HttpRequest.Builder withToken(HttpRequest.Builder request, Replica replica) {
    replica.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    return request;
  }

  static HttpRequest.Builder posted(HttpRequest.Builder request, Object body) {
    return request
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(Json.line(body)));
  }

  <T> T read(String path, Class<T> type) throws InterruptedException {
    return read(path, UnaryOperator.identity(), type);
  }

  <T> T read(String path, UnaryOperator<HttpRequest.Builder> more, Class<T> type)
      throws InterruptedException {
    HttpResponse<InputStream> answer =
        checked(
            replicas.send(replica ->
                more.apply(to(replica, path).header("Accept", "application/json")).build()));
    try (InputStream body = answer.body()) {
      return Json.MAPPER.readValue(body, type);
    } catch (JsonProcessingException e) {
      throw new CommandFailed(
          ExitCode.UNAVAILABLE,
          "what answers at %s is no wrtfarm, or another version of it".formatted(base(answer)),
          "check the address");
    } catch (IOException e) {
      throw new FarmUnreachable(
          List.of(new Silence(base(answer), "broke off in the middle of its answer")));
    }
  }

  private static URI base(HttpResponse<?> answer) {
    return answer.uri().resolve("/");
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

  static String encoded(String segment) {
    // The encoder is one for forms, where a plus is a space.
    return URLEncoder.encode(segment, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("%40", "@");
  }

  @Override
  public void close() {
    replicas.close();
  }
}
