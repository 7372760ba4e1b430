package dev.wrtfarm.flash.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.wrtfarm.common.agent.FlashClaim;
import dev.wrtfarm.common.agent.FlashProgress;
import dev.wrtfarm.common.agent.FlashWork;
import dev.wrtfarm.common.agent.Inventory;
import dev.wrtfarm.common.agent.InventoryReply;
import dev.wrtfarm.common.agent.JournalLines;
import dev.wrtfarm.common.agent.Transition;
import dev.wrtfarm.common.agent.TransitionReply;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.problem.Problem;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.flash.journal.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A farm as an agent sees it, over real HTTP: jobs, leases, and images to download. */
final class FarmStandIn implements AutoCloseable {
  /** What a test does with a change before it is made; a status other than 200 is the answer. */
  interface Gate {
    int before(Transition told) throws InterruptedException;
  }

  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final HttpServer server;
  private final Map<String, JobStandIn> jobs = new ConcurrentHashMap<>();
  private final Map<String, Path> images = new ConcurrentHashMap<>();
  private final List<String> journal = new ArrayList<>();
  private final AtomicInteger asking = new AtomicInteger();
  private final AtomicInteger tokens = new AtomicInteger();
  private volatile String token = "";
  private volatile @Nullable Inventory inventory;
  private volatile Gate gate = told -> 200;

  private FarmStandIn(HttpServer server) {
    this.server = server;
  }

  static FarmStandIn start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FarmStandIn farm = new FarmStandIn(server);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    farm.route("inventory", Inventory.class, farm::inventory);
    farm.route("claim", FlashClaim.class, farm::claim);
    farm.route("progress", FlashProgress.class, farm::progress);
    farm.route("transition", Transition.class, farm::transition);
    farm.route("journal", JournalLines.class, farm::journal);
    server.createContext("/image/", farm::image);
    server.start();
    return farm;
  }

  URI url() {
    return URI.create("http://127.0.0.1:%d/".formatted(server.getAddress().getPort()));
  }

  /** The address of an image of this farm. */
  String serve(String name, Path file) {
    images.put(name, file);
    return url() + "image/" + name;
  }

  /**
   * For the next agent. What an earlier one sent and what is still on its way, such as a claim that
   * would take a job for somebody who is dead, is not heard any more.
   */
  String renewToken() throws InterruptedException {
    token = "agent-token-" + tokens.incrementAndGet();
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (asking.get() > 0) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "an agent has been asking for %s: is it dead?".formatted(LONGEST));
      }
      Thread.sleep(5);
    }
    inventory = null;
    return token;
  }

  void submit(JobStandIn job) {
    jobs.put(job.id, job);
  }

  void gate(Gate now) {
    gate = now;
  }

  @Nullable Inventory inventory() {
    return inventory;
  }

  List<String> journal() {
    synchronized (journal) {
      return List.copyOf(journal);
    }
  }

  private Object inventory(Inventory told) {
    inventory = told;
    synchronized (journal) {
      return new InventoryReply(journal.size() + 1L);
    }
  }

  private Object journal(JournalLines told) {
    synchronized (journal) {
      if (told.first() == journal.size() + 1L) {
        journal.addAll(told.lines());
      }
      return new InventoryReply(journal.size() + 1L);
    }
  }

  private Object claim(FlashClaim claim) throws InterruptedException {
    long deadline = System.nanoTime() + Math.min(claim.waitSeconds(), 1) * 1_000_000_000L;
    do {
      for (JobStandIn job : jobs.values()) {
        FlashWork work = job.claim(claim);
        if (work != null) {
          return work;
        }
      }
      Thread.sleep(20);
    } while (System.nanoTime() < deadline);
    return 204;
  }

  private Object progress(FlashProgress told) {
    JobStandIn job = jobs.get(told.lease().job());
    return job == null ? ProblemType.LEASE_LOST : job.progress(told);
  }

  private Object transition(Transition told) throws InterruptedException {
    int status = gate.before(told);
    if (status != 200) {
      return status;
    }
    JobStandIn job = jobs.get(told.lease().job());
    return job == null ? ProblemType.LEASE_LOST : job.transition(told);
  }

  private interface Answer<T> {
    Object to(T message) throws InterruptedException;
  }

  private <T> void route(String name, Class<T> type, Answer<T> answer) {
    server.createContext(
        "/api/agent/v1/" + name,
        exchange -> {
          asking.incrementAndGet();
          try (exchange) {
            if (!("Bearer " + token)
                .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
              exchange.sendResponseHeaders(401, -1);
              return;
            }
            T message = Json.MAPPER.readValue(exchange.getRequestBody(), type);
            send(exchange, answer.to(message));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            asking.decrementAndGet();
          }
        });
  }

  private static void send(HttpExchange exchange, Object answer) throws IOException {
    if (answer instanceof Integer status) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    boolean problem = answer instanceof ProblemType;
    byte[] body =
        Json.MAPPER.writeValueAsBytes(
            answer instanceof ProblemType type ? Problem.of(type, "said the stand-in") : answer);
    exchange.sendResponseHeaders(problem ? ((ProblemType) answer).status() : 200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private void image(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Path file = images.get(path.substring(path.lastIndexOf('/') + 1));
      if (file == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      exchange.sendResponseHeaders(200, Files.size(file));
      try (OutputStream out = exchange.getResponseBody()) {
        Files.copy(file, out);
      }
    }
  }

  static TransitionReply reply(FlashState state, boolean cancel) {
    return new TransitionReply(state, cancel);
  }

  /** All jobs' states by id. */
  Map<String, FlashState> states() {
    Function<JobStandIn, FlashState> state = job -> job.state;
    Map<String, FlashState> all = new ConcurrentHashMap<>();
    jobs.forEach((id, job) -> all.put(id, state.apply(job)));
    return all;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
