package dev.wrtfarm.cli.flash;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.wrtfarm.cli.output.Json;
import dev.wrtfarm.common.problem.Problem;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.common.rest.CardView;
import dev.wrtfarm.common.rest.FlashView;
import dev.wrtfarm.common.rest.HostView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Answers as a farm does about flash jobs, over real HTTP. A job goes through the views that the
 * test gives, one a look; it stays PLANNED until it is confirmed.
 */
public final class FlashStandIn implements AutoCloseable {
  /** METHOD path body of each call that changes something. */
  final Queue<String> calls = new ConcurrentLinkedQueue<>();

  public final List<HostView> hosts = new java.util.concurrent.CopyOnWriteArrayList<>();
  public final List<CardView> cards = new java.util.concurrent.CopyOnWriteArrayList<>();

  private final Map<String, Deque<FlashView>> jobs = new LinkedHashMap<>();
  private final HttpServer http;
  private volatile @Nullable Problem refusal;

  public FlashStandIn() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    http.createContext("/api/v2/flash-jobs", this::answer);
    http.createContext("/api/v2/hosts", exchange -> lab(exchange, hosts));
    http.createContext("/api/v2/cards", exchange -> lab(exchange, cards));
    http.start();
  }

  public String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  void job(FlashView... views) {
    jobs.put(views[0].id(), new ArrayDeque<>(List.of(views)));
  }

  /** From now on every call that changes something is refused. */
  void refuse(ProblemType type) {
    refusal = Problem.of(type, "it cannot be");
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring("/api/v2/flash-jobs".length());
    String method = exchange.getRequestMethod();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean reads = method.equals("GET");
    if (!reads) {
      calls.add("%s %s %s".formatted(method, path, body));
    }
    Problem problem = refusal;
    if (problem != null && !reads) {
      json(exchange, problem.status(), problem);
    } else if (path.isEmpty()) {
      json(exchange, reads ? 200 : 202, jobs.values().stream().map(Deque::getFirst).toList());
    } else {
      String[] parts = path.substring(1).split("/");
      Deque<FlashView> views = jobs.get(parts[0]);
      if (views == null) {
        json(exchange, 404, Problem.of(ProblemType.NOT_FOUND, "there is no job " + parts[0]));
        return;
      }
      json(exchange, 200, next(views, reads));
    }
  }

  /** A plan waits for a call that changes something. */
  private static FlashView next(Deque<FlashView> views, boolean reads) {
    if (views.size() > 1 && !(reads && views.getFirst().state().name().equals("PLANNED"))) {
      views.removeFirst();
    }
    return views.getFirst();
  }

  private void lab(HttpExchange exchange, List<?> all) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String wanted = path.substring(path.lastIndexOf('/') + 1);
    if (path.split("/").length == 4) {
      json(exchange, 200, all);
      return;
    }
    for (Object each : all) {
      JsonNode tree = Json.MAPPER.valueToTree(each);
      if (tree.path(each instanceof HostView ? "host" : "id").asText().equals(wanted)) {
        json(exchange, 200, each);
        return;
      }
    }
    json(exchange, 404, Problem.of(ProblemType.NOT_FOUND, "there is no " + wanted));
  }

  private static void json(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] bytes = Json.line(body).getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
