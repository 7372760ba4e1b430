package dev.wrtfarm.worker.farm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
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

/** One call to the farm: POST of JSON to the first API that answers. */
final class FarmCalls {
  private static final String BASE = "api/worker/v1/";
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int LONGEST_QUOTE = 300;

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(CONNECT).version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectMapper json =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private final List<URI> urls;
  private final Path tokenFile;
  private volatile int first;

  FarmCalls(List<URI> urls, Path tokenFile) {
    this.urls = urls.stream().map(FarmCalls::folder).toList();
    this.tokenFile = tokenFile;
  }

  /** Empty when the farm has nothing to say (204). */
  <T> Optional<T> post(String name, Object message, Class<T> reply, Duration timeout)
      throws LeaseLost, FarmUnreachable, InterruptedException {
    String body = write(message);
    String problem = "no API URL is configured";
    int start = first;
    for (int i = 0; i < urls.size(); i++) {
      int at = (start + i) % urls.size();
      URI uri = urls.get(at).resolve(BASE + name);
      try {
        HttpResponse<String> response =
            client.send(request(uri, body, timeout), BodyHandlers.ofString());
        if (response.statusCode() / 100 == 5
            || List.of(401, 403, 404, 429).contains(response.statusCode())) {
          problem = uri + " answered HTTP " + response.statusCode();
          continue;
        }
        first = at;
        return answer(uri, response, reply);
      } catch (IOException e) {
        String said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        problem = uri + ": " + said;
      }
    }
    throw new FarmUnreachable(problem);
  }

  private <T> Optional<T> answer(URI uri, HttpResponse<String> response, Class<T> reply)
      throws LeaseLost, IOException {
    int status = response.statusCode();
    String body = response.body();
    if (status == 409) {
      throw new LeaseLost(quote(body));
    }
    if (status / 100 != 2) {
      throw new FarmRefused("%s answered HTTP %d: %s".formatted(uri, status, quote(body)));
    }
    return status == 204 || body.isBlank()
        ? Optional.empty()
        : Optional.of(json.readValue(body, reply));
  }

  private HttpRequest request(URI uri, String body, Duration timeout) throws IOException {
    return HttpRequest.newBuilder(uri)
        .timeout(timeout)
        .header("Authorization", "Bearer " + token())
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, application/problem+json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  /** Read each time, so that it can be changed without a restart. */
  private String token() throws IOException {
    try {
      return Files.readString(tokenFile).strip();
    } catch (IOException e) {
      throw new IOException(
          "wrtfarm.api.token-file names %s, which this user cannot read".formatted(tokenFile), e);
    }
  }

  private String write(Object message) {
    try {
      return json.writeValueAsString(message);
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
