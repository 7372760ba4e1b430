package dev.wrtfarm.bench.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.wrtfarm.bench.process.BenchFailed;
import dev.wrtfarm.common.recipe.ResolvedPackage;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.common.worker.Claim;
import dev.wrtfarm.common.worker.ClaimRequest;
import dev.wrtfarm.common.worker.Complete;
import dev.wrtfarm.common.worker.Lease;
import dev.wrtfarm.common.worker.Resolved;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The calls of a worker that builds nothing, on a connection of its own. */
final class WorkerCalls implements AutoCloseable {
  static final JsonMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule()).build();
  private static final String BASE = "/api/worker/v1/";
  private static final String ARCHIVE = "imagebuilder.tar.zst";
  private static final List<ResolvedPackage> PACKAGES =
      List.of(new ResolvedPackage("base-files", "1", null));

  /** A build that this worker holds. */
  record Held(Claim claim, Lease lease) {}

  private final HttpLine line;
  private final String worker;

  WorkerCalls(HttpLine line, String worker) {
    this.line = line;
    this.worker = worker;
  }

  Optional<Held> claim() {
    String nonce = UUID.randomUUID().toString().replace("-", "");
    HttpLine.Answer answer = post("claim", new ClaimRequest(worker, nonce));
    if (answer.status() == 204) {
      return Optional.empty();
    }
    try {
      Claim claim = JSON.readValue(answer.body(), Claim.class);
      return Optional.of(new Held(claim, new Lease(claim.build(), claim.fence(), nonce)));
    } catch (IOException e) {
      throw new BenchFailed("a claim's answer is not JSON: " + answer.text(), e);
    }
  }

  void resolved(Held held) {
    post(
        "resolved",
        new Resolved(
            held.lease(),
            ARCHIVE,
            "http://upstream/" + ARCHIVE,
            Sha256.of(ARCHIVE).hex(),
            PACKAGES));
  }

  /** Without artifacts: the object store has no part in it. */
  void complete(Held held) {
    post("complete", new Complete(held.lease(), List.of(), Map.of()));
  }

  private HttpLine.Answer post(String name, Object message) {
    HttpLine.Answer answer = line.post(BASE + name, json(message));
    if (answer.status() / 100 != 2) {
      throw new BenchFailed(
          "%s was answered with %d: %s".formatted(name, answer.status(), answer.text()));
    }
    return answer;
  }

  static byte[] json(Object message) {
    try {
      return JSON.writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a message that JSON cannot hold", e);
    }
  }

  @Override
  public void close() {
    line.close();
  }
}
