package dev.wrtfarm.worker.download;

import dev.wrtfarm.common.value.Sha256;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

/**
 * GETs files. A transfer may take long but not stand still, which the JDK's own time-out cannot
 * tell: it covers the headers alone, or from JDK 26 on the whole transfer.
 */
public final class Downloader {
  private static final int MOST_REDIRECTS = 5;
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .build();
  private final Duration stall;
  private final LongConsumer count;

  /**
   * @param stall the longest time without a byte
   * @param count hears of every byte that came in
   */
  public Downloader(Duration stall, LongConsumer count) {
    this.stall = stall;
    this.count = count;
  }

  /**
   * An answer. The file was written only when the status is 200.
   *
   * @param sha256 of the file
   */
  public record Reply(int status, Map<String, String> headers, Optional<Sha256> sha256, long size) {
    public boolean ok() {
      return status == 200;
    }
  }

  /**
   * Writes the body to the target when the status is 200.
   *
   * @param limit the largest size that is taken
   * @param progress hears how far it is
   */
  public Reply get(URI uri, Map<String, String> headers, Path target, long limit, Received progress)
      throws IOException, InterruptedException {
    URI at = uri;
    for (int redirects = 0; ; redirects++) {
      FileSink sink = new FileSink(target, limit, progress);
      HttpResponse<Optional<Sha256>> response = send(at, headers, sink);
      Optional<URI> other = Redirects.target(at, response);
      if (other.isEmpty()) {
        return new Reply(
            response.statusCode(), firstValues(response), response.body(), sink.received());
      }
      if (redirects == MOST_REDIRECTS) {
        throw new IOException(uri + ": more than %d redirects".formatted(MOST_REDIRECTS));
      }
      at = other.get();
    }
  }

  private HttpResponse<Optional<Sha256>> send(URI uri, Map<String, String> headers, FileSink sink)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    request.setHeader("User-Agent", "wrtfarm");
    headers.forEach(request::setHeader);
    BodyHandler<Optional<Sha256>> handler =
        info ->
            info.statusCode() == 200
                ? sink.expecting(info.headers().firstValueAsLong("content-length").orElse(-1))
                : BodySubscribers.replacing(Optional.<Sha256>empty());
    HttpResponse<Optional<Sha256>> response =
        await(client.sendAsync(request.build(), handler), sink, uri);
    count.accept(sink.received());
    return response;
  }

  private <T> T await(CompletableFuture<T> transfer, FileSink sink, URI uri)
      throws IOException, InterruptedException {
    long seen = 0;
    long seenAt = System.nanoTime();
    while (true) {
      try {
        return transfer.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        long received = sink.received();
        if (received != seen) {
          seen = received;
          seenAt = System.nanoTime();
        } else if (System.nanoTime() - seenAt > stall.toNanos()) {
          transfer.cancel(true);
          throw new InterruptedIOException(
              uri + ": no byte came for " + stall.toSeconds() + " seconds");
        }
      } catch (InterruptedException e) {
        transfer.cancel(true);
        throw e;
      } catch (ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String what =
            cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        throw new IOException(uri + ": " + what, cause);
      }
    }
  }

  private static Map<String, String> firstValues(HttpResponse<?> response) {
    Map<String, String> first = new HashMap<>();
    response
        .headers()
        .map()
        .forEach((name, values) -> first.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    return first;
  }
}
