package dev.wrtfarm.cli.build;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.wrtfarm.cli.output.Json;
import dev.wrtfarm.common.build.ArtifactKind;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.build.Failure;
import dev.wrtfarm.common.build.Stage;
import dev.wrtfarm.common.problem.Problem;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.common.rest.ArtifactView;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.RequestView;
import dev.wrtfarm.common.value.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Answers as a farm does, over real HTTP, along a script that the test gives. */
final class FarmStandIn implements AutoCloseable {
  static final byte[] IMAGE = "an image".getBytes(StandardCharsets.UTF_8);
  private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05Z");

  /** The states that the build goes through, one a look; the last one stays. */
  final Queue<BuildView> looks = new ConcurrentLinkedQueue<>();

  final Queue<String> bodies = new ConcurrentLinkedQueue<>();
  final Queue<String> storeTokens = new ConcurrentLinkedQueue<>();
  final Queue<String> keys = new ConcurrentLinkedQueue<>();
  final Queue<String> lastEvents = new ConcurrentLinkedQueue<>();

  /** What the next streams of events say, before they end. */
  final Queue<String> streams = new ConcurrentLinkedQueue<>();

  /** The answer to what is submitted, when it is another than a request. */
  final AtomicReference<@Nullable Object> forecast = new AtomicReference<>();

  /** Whether the request was taken back. */
  final AtomicBoolean cancelled = new AtomicBoolean();

  /** How often somebody looked at the build. */
  final AtomicInteger looked = new AtomicInteger();

  /** Hears a submission, and hangs up without a word. */
  final AtomicBoolean hangsUp = new AtomicBoolean();

  final AtomicReference<@Nullable Problem> refusal = new AtomicReference<>();
  private final HttpServer http;

  FarmStandIn() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    http.createContext("/api/v2/builds", this::builds);
    http.createContext("/api/v2/requests/", this::requests);
    http.createContext("/store/", this::store);
    http.start();
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  void refuse(ProblemType type) {
    refusal.set(Problem.of(type, "it cannot be"));
  }

  private void builds(HttpExchange exchange) throws IOException {
    Problem problem = refusal.get();
    String path = exchange.getRequestURI().getPath();
    if (problem != null) {
      json(exchange, problem.status(), problem);
    } else if (path.endsWith("/events")) {
      events(exchange);
    } else if (exchange.getRequestMethod().equals("POST")) {
      keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
      bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      Object foreseen = forecast.get();
      if (hangsUp.get()) {
        exchange.close();
        return;
      }
      if (foreseen != null) {
        json(exchange, 200, foreseen);
        return;
      }
      BuildView first = look();
      json(exchange, 202, new RequestView("r-1", "queued", false, CREATED, first));
    } else if (path.contains("/artifacts/")) {
      exchange.getResponseHeaders().set("Location", url() + "/store/image");
      answer(exchange, 307, new byte[0]);
    } else {
      json(exchange, 200, look());
    }
  }

  private void requests(HttpExchange exchange) throws IOException {
    Problem problem = refusal.get();
    if (problem != null) {
      json(exchange, problem.status(), problem);
    } else if (exchange.getRequestMethod().equals("DELETE")) {
      answer(exchange, 204, new byte[0]);
    } else {
      json(exchange, 200, new RequestView("r-1", "queued", cancelled.get(), CREATED, look()));
    }
  }

  private void events(HttpExchange exchange) throws IOException {
    String after = exchange.getRequestHeaders().getFirst("Last-Event-ID");
    lastEvents.add(after == null ? "" : after);
    String stream = streams.poll();
    if (stream == null) {
      json(exchange, 503, Problem.of(ProblemType.UNAVAILABLE, "too many followers"));
    } else {
      answer(exchange, 200, stream.getBytes(StandardCharsets.UTF_8));
    }
  }

  private BuildView look() {
    looked.incrementAndGet();
    BuildView next = looks.element();
    if (looks.size() > 1) {
      looks.remove();
    }
    return next;
  }

  private void store(HttpExchange exchange) throws IOException {
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    if (token != null) {
      storeTokens.add(token);
    }
    answer(exchange, 200, IMAGE);
  }

  private static void json(HttpExchange exchange, int status, Object body) throws IOException {
    answer(exchange, status, Json.line(body).getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  static BuildView running(Stage stage, int percent) {
    return view(BuildState.RUNNING, stage, percent, null, List.of());
  }

  static BuildView succeeded() {
    return succeededWith(Sha256.of(IMAGE).hex());
  }

  static BuildView succeededWith(String sha256) {
    ArtifactView image =
        new ArtifactView(
            "image.bin",
            ArtifactKind.IMAGE,
            sha256,
            IMAGE.length,
            "sysupgrade",
            "squashfs",
            "/api/v2/builds/b-1/artifacts/image.bin",
            false);
    return succeeded(List.of(image));
  }

  static BuildView succeeded(List<ArtifactView> artifacts) {
    return view(BuildState.SUCCEEDED, null, 100, null, artifacts);
  }

  static BuildView failed(Failure failure) {
    return view(BuildState.FAILED, null, 0, failure, List.of());
  }

  private static BuildView view(
      BuildState state,
      @Nullable Stage stage,
      int percent,
      @Nullable Failure failure,
      List<ArtifactView> artifacts) {
    return new BuildView(
        "b-1",
        state,
        stage,
        percent,
        "busy",
        "sample@1",
        Recipe.of("24.10.2", "x86/64", "generic"),
        "0".repeat(64),
        null,
        null,
        null,
        null,
        "0123456789abcdef",
        null,
        failure,
        List.of(),
        artifacts,
        Map.of(),
        CREATED,
        CREATED,
        state.isUnfinished() ? null : CREATED.plusSeconds(7));
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
