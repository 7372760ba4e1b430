package dev.wrtfarm.worker.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.common.worker.BlobsReply;
import dev.wrtfarm.common.worker.Claim;
import dev.wrtfarm.common.worker.EndReply;
import dev.wrtfarm.common.worker.HeartbeatReply;
import dev.wrtfarm.common.worker.ResolvedReply;
import dev.wrtfarm.common.worker.Upload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The farm as far as a worker sees it: the worker API and an object store over HTTP. The whole path
 * with the real API is tested where the programs are tested together.
 */
public final class StandInFarm implements AutoCloseable {
  public static final String TOKEN = "a-worker-token";
  private static final String IMAGE_ID = "0123456789abcdef";

  private final ObjectMapper json = new ObjectMapper();
  private final HttpServer server;
  private final Deque<Claim> waiting = new ArrayDeque<>();
  private final List<Call> calls = new ArrayList<>();
  private final Map<String, byte[]> stored = new ConcurrentHashMap<>();
  private final Map<String, Integer> broken = new ConcurrentHashMap<>();
  private final Map<String, Fault> faults = new ConcurrentHashMap<>();
  private final AtomicInteger puts = new AtomicInteger();
  private volatile String token = TOKEN;
  private volatile boolean reuses;
  private volatile int forgotten;

  /** Ways not to answer. */
  public enum Fault {
    /** The connection ends, the call was not heard. */
    RESET,
    /** The call was heard, but half of the answer comes, and then nothing. */
    HALF,
    /** Nothing comes until the fault is mended; then the call is heard. */
    HOLD
  }

  /** One call of a worker. */
  public record Call(String name, JsonNode body, boolean authorized) {}

  public StandInFarm() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/api/worker/v1/", this::api);
    server.createContext("/store/", this::store);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public static Path tokenFile(Path dir) throws IOException {
    return Files.writeString(dir.resolve("worker.token"), TOKEN + "\n");
  }

  public synchronized void offers(String build, Recipe recipe) {
    waiting.add(new Claim(build, 1, recipe, recipe.digest().hex(), 1, 45));
  }

  /** From now on every resolved build has been built before. */
  public void reuses() {
    reuses = true;
  }

  /** The next completed build's objects are not there, and have to be sent again. */
  public void losesObjectsOnce() {
    forgotten = 1;
  }

  /** The call, or {@code store}, answers with this status; 0 mends it. */
  public synchronized void breaks(String name, int status) {
    broken.put(name, status);
  }

  /** The call, or {@code store}, is not answered from now on. */
  public synchronized void breaks(String name, Fault fault) {
    faults.put(name, fault);
  }

  /** The call, or {@code store}, works again. */
  public synchronized void mends(String name) {
    broken.remove(name);
    faults.remove(name);
  }

  /** Everything works again. */
  public void mends() {
    broken.clear();
    faults.clear();
  }

  public synchronized List<Call> calls(String name) {
    return calls.stream().filter(call -> call.name().equals(name)).toList();
  }

  public synchronized List<Call> allCalls() {
    return List.copyOf(calls);
  }

  /** Tries to send something to the store. */
  public int puts() {
    return puts.get();
  }

  /** The worker's token is another one from now on: what comes with the old one is answered 401. */
  public void takesToken(String token) {
    this.token = token;
  }

  public byte @Nullable [] stored(String sha256) {
    return stored.get(sha256);
  }

  public synchronized boolean heard(Predicate<Call> call) {
    return calls.stream().anyMatch(call);
  }

  @Override
  public void close() {
    faults.clear();
    server.stop(0);
  }

  private void api(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().replaceAll(".*/", "");
    JsonNode body = json.readTree(exchange.getRequestBody());
    boolean authorized =
        ("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    int status;
    @Nullable Fault fault;
    synchronized (this) {
      // A call that is counted after a change has met the change, and no other has.
      status = authorized ? broken.getOrDefault(name, 0) : 401;
      fault = faults.get(name);
      calls.add(new Call(name, body, authorized));
    }
    if (endedBy(name, fault, exchange)) {
      return;
    }
    Object answer = status == 0 ? answer(name, body) : "";
    byte[] bytes = answer == null ? new byte[0] : json.writeValueAsBytes(answer);
    int code = status != 0 ? status : answer == null ? 204 : 200;
    exchange.sendResponseHeaders(code, code == 204 ? -1 : bytes.length);
    if (code != 204) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  /** Returns whether the exchange is over. */
  private boolean endedBy(String name, @Nullable Fault fault, HttpExchange exchange)
      throws IOException {
    if (fault == Fault.HALF) {
      exchange.sendResponseHeaders(200, 100);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
    }
    while (faults.get(name) == fault && (fault == Fault.HALF || fault == Fault.HOLD)) {
      LockSupport.parkNanos(20_000_000);
    }
    if (fault == Fault.RESET || fault == Fault.HALF) {
      exchange.close();
      return true;
    }
    return false;
  }

  private synchronized @Nullable Object answer(String name, JsonNode body) {
    return switch (name) {
      case "claim" -> waiting.poll();
      case "heartbeat" -> new HeartbeatReply(45);
      case "resolved" -> new ResolvedReply(reuses, IMAGE_ID);
      case "blobs" -> new BlobsReply(uploads(body));
      case "complete" -> end(body);
      case "fail" -> new EndReply(BuildState.FAILED, List.of());
      case "release" -> new EndReply(BuildState.QUEUED, List.of());
      default -> null;
    };
  }

  private List<Upload> uploads(JsonNode body) {
    List<Upload> uploads = new ArrayList<>();
    for (JsonNode each : body.path("blobs")) {
      String sha256 = each.path("sha256").asText();
      if (!stored.containsKey(sha256)) {
        uploads.add(
            new Upload(
                sha256,
                url() + "/store/" + sha256 + "?signature=secret",
                Map.of("Content-MD5", each.path("md5").asText(), "Host", "ignored")));
      }
    }
    return uploads;
  }

  private EndReply end(JsonNode body) {
    if (forgotten > 0) {
      forgotten = 0;
      String sha256 = body.path("artifacts").path(0).path("sha256").asText();
      stored.remove(sha256);
      return new EndReply(BuildState.RUNNING, List.of(sha256));
    }
    return new EndReply(BuildState.SUCCEEDED, List.of());
  }

  private void store(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    puts.incrementAndGet();
    int status = broken.getOrDefault("store", 0);
    if (endedBy("store", faults.get("store"), exchange)) {
      return;
    }
    boolean hasMd5 = exchange.getRequestHeaders().getFirst("Content-MD5") != null;
    if (status == 0 && hasMd5) {
      stored.put(exchange.getRequestURI().getPath().replaceAll(".*/", ""), bytes);
    }
    exchange.sendResponseHeaders(status != 0 ? status : hasMd5 ? 200 : 400, -1);
    exchange.close();
  }
}
