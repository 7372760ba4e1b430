package dev.wrtfarm.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.common.worker.Claim;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Just enough of the worker API to hold a worker at the end of its one build. */
final class StandInApi implements AutoCloseable {
  private static final Recipe RECIPE = Recipe.of("19.07.1", "x86/64", "generic");
  private static final Claim CLAIM = new Claim("build-1", 1, RECIPE, RECIPE.digest().hex(), 1, 45);

  private final HttpServer server;
  private final AtomicReference<@Nullable String> claimed = new AtomicReference<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private volatile boolean takesEnds;

  StandInApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/api/worker/v1/", this::answer);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Until then the end of a build is answered with 503. */
  void takesEnds() {
    takesEnds = true;
  }

  boolean heard(String call) {
    return calls.contains(call);
  }

  List<String> calls() {
    return List.copyOf(calls);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().replaceAll(".*/", "");
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    calls.add(name);
    switch (name) {
      case "claim" -> {
        // The same question again is answered as it was: the worker may have heard no answer.
        boolean first = claimed.compareAndSet(null, body) || body.equals(claimed.get());
        reply(
            exchange, first ? 200 : 204, first ? new ObjectMapper().writeValueAsString(CLAIM) : "");
      }
      case "heartbeat" -> reply(exchange, 200, "{\"leaseSeconds\": 45}");
      case "blobs" -> reply(exchange, 200, "{\"uploads\": []}");
      case "fail" ->
          reply(exchange, takesEnds ? 200 : 503, "{\"state\": \"FAILED\", \"sendAgain\": []}");
      case "release" -> reply(exchange, 200, "{\"state\": \"QUEUED\", \"sendAgain\": []}");
      default -> reply(exchange, 204, "");
    }
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
