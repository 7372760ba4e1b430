package dev.wrtfarm.worker.publish;

import dev.wrtfarm.common.worker.Upload;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends files to presigned URLs. A transfer may take long, but not stand still. */
public final class Store {
  // The client sets these itself, and refuses to be told.
  private static final Set<String> OWN = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private static final long LOOK_MILLIS = 200;

  static {
    OWN.addAll(Set.of("Host", "Content-Length", "Connection", "Expect"));
  }

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(10))
          .version(HttpClient.Version.HTTP_1_1)
          .build();
  private final Duration stall;
  private final Sent sent;

  /** Hears of uploads. */
  public interface Sent {
    Sent NOBODY = (_, _) -> {};

    /** One upload ended: so many bytes went, and the store has the file or not. */
    void ended(long bytes, boolean stored);
  }

  public Store(Sent sent) {
    this(Duration.ofMinutes(1), sent);
  }

  /**
   * @param stall the longest time in which no byte is taken, and no answer comes
   */
  public Store(Duration stall, Sent sent) {
    this.stall = stall;
    this.sent = sent;
  }

  void put(Upload upload, Path file) throws IOException, InterruptedException {
    URI uri = URI.create(upload.url());
    CountedBody body = CountedBody.of(file);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).PUT(body);
    upload
        .headers()
        .forEach((name, value) -> {
          if (!OWN.contains(name)) {
            request.setHeader(name, value);
          }
        });
    boolean stored = false;
    try {
      HttpResponse<String> response = await(request.build(), body);
      stored = response.statusCode() / 100 == 2;
      if (!stored) {
        throw new IOException(
            "the object store at %s answered HTTP %d to a PUT"
                .formatted(uri.getAuthority(), response.statusCode()));
      }
    } finally {
      sent.ended(body.taken(), stored);
    }
  }

  /** Messages name no more of the URL than its host: the rest is a signature. */
  private HttpResponse<String> await(HttpRequest request, CountedBody body)
      throws IOException, InterruptedException {
    String host = request.uri().getAuthority();
    CompletableFuture<HttpResponse<String>> exchange =
        client.sendAsync(request, BodyHandlers.ofString());
    long seen = 0;
    long seenAt = System.nanoTime();
    try {
      while (true) {
        try {
          return exchange.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          if (body.taken() != seen) {
            seen = body.taken();
            seenAt = System.nanoTime();
          } else if (System.nanoTime() - seenAt > stall.toNanos()) {
            throw new IOException(
                "the object store at %s takes nothing and says nothing".formatted(host), e);
          }
        }
      }
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String said =
          cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
      throw new IOException("the object store at %s: %s".formatted(host, said), cause);
    } finally {
      exchange.cancel(true);
    }
  }
}
