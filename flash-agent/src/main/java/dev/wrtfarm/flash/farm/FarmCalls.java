package dev.wrtfarm.flash.farm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.flash.journal.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One call to the farm: POST of JSON to the first API that answers. The one that answered is asked
 * first the next time.
 *
 * <p>Only the farm's own words are an answer: success, that the lease is lost, that the change is
 * not allowed, or that the call itself is wrong. Anything else (a proxy's page, a token that is
 * being changed, half a body) is an API that does not answer.
 */
final class FarmCalls {
  private static final String BASE = "api/agent/v1/";
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int LONGEST_QUOTE = 300;
  private static final int CONFLICT = 409;
  private static final Set<Integer> REFUSED = Set.of(400, 413, 415, 422);

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(CONNECT).version(HttpClient.Version.HTTP_1_1).build();
  private final List<URI> urls;
  private final Path tokenFile;
  private volatile int first;

  FarmCalls(List<URI> urls, Path tokenFile) {
    this.urls = urls.stream().map(FarmCalls::folder).toList();
    this.tokenFile = tokenFile;
  }

  /**
   * Empty when the farm has nothing to say (204).
   *
   * @param timeout for the whole answer of one API
   */
  <T> Optional<T> post(String name, Object message, Class<T> reply, Duration timeout)
      throws LeaseLost, StateRefused, FarmUnreachable, InterruptedException {
    String body = write(message);
    String problem = "no API URL is configured";
    int start = first;
    for (int i = 0; i < urls.size(); i++) {
      int at = (start + i) % urls.size();
      URI uri = urls.get(at).resolve(BASE + name);
      try {
        Optional<T> answer = answer(uri, send(request(uri, body), timeout), reply);
        first = at;
        return answer;
      } catch (IOException e) {
        String said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        problem = uri + ": " + said;
      }
    }
    throw new FarmUnreachable(problem);
  }

  private static <T> Optional<T> answer(URI uri, HttpResponse<String> response, Class<T> reply)
      throws LeaseLost, StateRefused, IOException {
    int status = response.statusCode();
    String body = response.body();
    if (status == CONFLICT) {
      conflict(body);
    }
    if (REFUSED.contains(status)) {
      throw new FarmRefused("%s answered HTTP %d: %s".formatted(uri, status, quote(body)));
    }
    if (status / 100 != 2) {
      throw new IOException("HTTP " + status);
    }
    if (status == 204) {
      return Optional.empty();
    }
    // "null" is JSON, too.
    return Optional.of(
        Optional.ofNullable(Json.MAPPER.readValue(body, reply))
            .orElseThrow(() -> new IOException("HTTP %d without a message".formatted(status))));
  }

  /** Only these two words are the farm's; another 409 is somebody's on the way. */
  private static void conflict(String body) throws LeaseLost, StateRefused, IOException {
    JsonNode problem = Json.MAPPER.readTree(body);
    String type = problem.path("type").asText();
    if (type.equals(ProblemType.LEASE_LOST.urn())) {
      throw new LeaseLost(quote(problem.path("detail").asText()));
    }
    if (type.equals(ProblemType.STATE_REFUSED.urn())) {
      throw new StateRefused(quote(problem.path("detail").asText()));
    }
    throw new IOException("HTTP 409: " + quote(body));
  }

  /** The JDK's own time-out ends with the headers; a body may stand still for ever. */
  private HttpResponse<String> send(HttpRequest request, Duration timeout)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<String>> exchange =
        client.sendAsync(request, BodyHandlers.ofString());
    try {
      return exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no answer within %d ms".formatted(timeout.toMillis()), e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } finally {
      exchange.cancel(true);
    }
  }

  private HttpRequest request(URI uri, String body) throws IOException {
    return HttpRequest.newBuilder(uri)
        .header("Authorization", "Bearer " + token())
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, application/problem+json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  /** Read each time, so that it can be changed without a restart. */
  private String token() throws IOException {
    try {
      String token = Files.readString(tokenFile).strip();
      // A header cannot hold what a half-written file may hold.
      if (token.isEmpty() || !token.chars().allMatch(each -> each > ' ' && each < 0x7F)) {
        throw new IOException("there is no token in it");
      }
      return token;
    } catch (IOException e) {
      throw new IOException(
          "farm.token-file names %s, which this user cannot read".formatted(tokenFile), e);
    }
  }

  private static String write(Object message) {
    try {
      return Json.MAPPER.writeValueAsString(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a message that JSON cannot hold", e);
    }
  }

  private static String quote(String body) {
    return body.length() <= LONGEST_QUOTE ? body : body.substring(0, LONGEST_QUOTE) + "…";
  }

  private static URI folder(URI url) {
    String text = url.toString();
    return URI.create(text.endsWith("/") ? text : text + "/");
  }
}
