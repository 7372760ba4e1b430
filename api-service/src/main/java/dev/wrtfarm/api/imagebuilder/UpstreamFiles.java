package dev.wrtfarm.api.imagebuilder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrtfarm.api.imagebuilder.UpstreamAnswer.Absent;
import dev.wrtfarm.api.imagebuilder.UpstreamAnswer.Found;
import dev.wrtfarm.api.imagebuilder.UpstreamAnswer.Unreachable;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Small JSON files of the download server, remembered for a while: good answers for ten minutes,
 * others for half a minute. Callers that want the same file wait for the same download.
 */
@ApplicationScoped
class UpstreamFiles {
  private static final Duration KEEP_GOOD = Duration.ofMinutes(10);
  private static final Duration KEEP_BAD = Duration.ofSeconds(30);
  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final int MOST_FILES = 100;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private record Entry(long askedNanos, CompletableFuture<UpstreamAnswer> answer) {
    boolean isFresh(long now) {
      boolean good =
          !answer.isDone()
              || (!answer.isCompletedExceptionally() && answer.join() instanceof Found);
      return now - askedNanos < (good ? KEEP_GOOD : KEEP_BAD).toNanos();
    }
  }

  private final String root;
  private final ObjectMapper json;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(LIMIT)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  UpstreamFiles(@ConfigProperty(name = "wrtfarm.upstream.url") String root, ObjectMapper json) {
    this.root = root.replaceAll("/+$", "");
    this.json = json;
  }

  /** A deadline for a whole check, however many files it needs. */
  static long deadline() {
    return System.nanoTime() + LIMIT.toNanos();
  }

  /**
   * @param path relative to the server's root
   */
  UpstreamAnswer get(String path, long deadline) {
    CompletableFuture<UpstreamAnswer> answer = entry(path).answer();
    try {
      return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return new Unreachable("no answer within " + LIMIT.toSeconds() + " s");
    } catch (ExecutionException e) {
      return new Unreachable(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Unreachable("interrupted");
    }
  }

  private Entry entry(String path) {
    if (entries.size() > MOST_FILES) {
      entries.clear();
    }
    long now = System.nanoTime();
    return entries.compute(
        path, (key, old) -> old != null && old.isFresh(now) ? old : new Entry(now, ask(key)));
  }

  private CompletableFuture<UpstreamAnswer> ask(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(root + "/" + path)).timeout(LIMIT).build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenApply(this::read)
        // The request's own limit ends with the answer's head.
        .orTimeout(2 * LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(failure -> new Unreachable(String.valueOf(failure.getMessage())));
  }

  private UpstreamAnswer read(HttpResponse<String> response) {
    return switch (response.statusCode()) {
      case OK -> {
        try {
          yield new Found(json.readTree(response.body()));
        } catch (JsonProcessingException e) {
          yield new Unreachable("not JSON: " + e.getOriginalMessage());
        }
      }
      case NOT_FOUND -> new Absent();
      default -> new Unreachable("status " + response.statusCode());
    };
  }
}
