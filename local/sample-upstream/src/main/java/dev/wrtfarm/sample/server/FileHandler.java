package dev.wrtfarm.sample.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** GET and HEAD of files, with ETag, Last-Modified and conditional requests. */
final class FileHandler implements HttpHandler {
  private final Path site;
  private final Faults faults;
  private final RequestLog log;

  FileHandler(Path site, Faults faults, RequestLog log) {
    this.site = site.toAbsolutePath().normalize();
    this.faults = faults;
    this.log = log;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    try (exchange) {
      Optional<Fault> fault = faults.of(path);
      if (fault.isPresent()) {
        fail(exchange, path, fault.get());
      } else {
        serve(exchange, path);
      }
    } catch (InterruptedException e) {
      // The server stops while a request hangs on purpose.
      Thread.currentThread().interrupt();
    }
  }

  private void fail(HttpExchange exchange, String path, Fault fault)
      throws IOException, InterruptedException {
    switch (fault) {
      case Fault.Status status -> answer(exchange, status.code());
      case Fault.Hang _ -> new CountDownLatch(1).await();
      case Fault.Damage damage -> {
        Optional<Path> file = file(path);
        if (file.isEmpty()) {
          answer(exchange, 404);
          return;
        }
        byte[] content = Files.readAllBytes(file.get());
        begin(exchange, 200, content.length == 0 ? -1 : content.length);
        // Closing the exchange with bytes missing cuts the connection.
        exchange.getResponseBody().write(damage.damaged(content));
      }
    }
  }

  private void serve(HttpExchange exchange, String path) throws IOException {
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      answer(exchange, 405);
      return;
    }
    Optional<Path> file = file(path);
    if (file.isEmpty()) {
      answer(exchange, 404);
      return;
    }
    long size = Files.size(file.get());
    Instant modified =
        Instant.ofEpochSecond(Files.getLastModifiedTime(file.get()).toMillis() / 1000);
    String etag = "\"" + size + "-" + Files.getLastModifiedTime(file.get()).toMillis() + "\"";
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(modified.atOffset(ZoneOffset.UTC));
    Headers headers = exchange.getResponseHeaders();
    headers.set("ETag", etag);
    headers.set("Last-Modified", date);
    headers.set("Content-Type", contentType(path));
    if (isFresh(exchange.getRequestHeaders(), etag, date)) {
      begin(exchange, 304, -1);
      return;
    }
    if (method.equals("HEAD")) {
      headers.set("Content-Length", Long.toString(size));
      begin(exchange, 200, -1);
      return;
    }
    begin(exchange, 200, size == 0 ? -1 : size);
    if (size > 0) {
      try (OutputStream body = exchange.getResponseBody()) {
        Files.copy(file.get(), body);
      }
    }
  }

  /** As RFC 9110 says, the tag decides where the client sent one. */
  private static boolean isFresh(Headers request, String etag, String date) {
    String tag = request.getFirst("If-None-Match");
    return tag != null ? tag.contains(etag) : date.equals(request.getFirst("If-Modified-Since"));
  }

  private Optional<Path> file(String path) {
    Path file = site.resolve(path.substring(1)).normalize();
    return file.startsWith(site) && Files.isRegularFile(file)
        ? Optional.of(file)
        : Optional.empty();
  }

  private static String contentType(String path) {
    return path.endsWith(".json") ? "application/json" : "application/octet-stream";
  }

  private void answer(HttpExchange exchange, int status) throws IOException {
    byte[] body = ("status " + status + "\n").getBytes(StandardCharsets.UTF_8);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.getResponseHeaders().set("Content-Type", "text/plain");
    begin(exchange, status, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }

  /** Whoever has an answer finds its line in the log. */
  private void begin(HttpExchange exchange, int status, long length) throws IOException {
    String path = exchange.getRequestURI().getPath();
    log.add(exchange.getRequestMethod() + " " + path + " " + status);
    exchange.sendResponseHeaders(status, length);
  }
}
