package dev.wrtfarm.worker.publish;

import dev.wrtfarm.common.worker.Upload;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** Sends files to presigned URLs. */
public final class Store {
  // The client sets these itself, and refuses to be told.
  private static final Set<String> OWN = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  static {
    OWN.addAll(Set.of("Host", "Content-Length", "Connection", "Expect"));
  }

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(10))
          .version(HttpClient.Version.HTTP_1_1)
          .build();
  private final Duration timeout;

  /**
   * @param timeout for one file
   */
  public Store(Duration timeout) {
    this.timeout = timeout;
  }

  void put(Upload upload, Path file) throws IOException, InterruptedException {
    URI uri = URI.create(upload.url());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(timeout).PUT(BodyPublishers.ofFile(file));
    upload
        .headers()
        .forEach((name, value) -> {
          if (!OWN.contains(name)) {
            request.setHeader(name, value);
          }
        });
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      // The query of the URL is a signature; it does not go into messages.
      throw new IOException(
          "the object store at %s answered HTTP %d to a PUT"
              .formatted(uri.getAuthority(), response.statusCode()));
    }
  }
}
