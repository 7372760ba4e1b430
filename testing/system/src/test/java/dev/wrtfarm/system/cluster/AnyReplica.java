package dev.wrtfarm.system.cluster;

import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.RequestView;
import dev.wrtfarm.system.FarmClient;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** A client that knows all replicas: it tries each once, and has failed when none answered. */
public final class AnyReplica {
  private static final int SERVER_ERROR = 500;

  private final List<ApiReplica> replicas;
  private int first;

  /**
   * @param first which replica it asks first
   */
  public AnyReplica(Cluster cluster, int first) {
    this.replicas = cluster.replicas();
    this.first = first;
  }

  /** With an idempotency key: an answer may be lost, and the request be made again. */
  public RequestView submit(String body) {
    String key = UUID.randomUUID().toString();
    return FarmClient.accepted(answer(client -> client.post(body, key)));
  }

  public BuildView build(String id) {
    return FarmClient.build(answer(client -> client.get("/api/v2/builds/" + id)));
  }

  private HttpResponse<String> answer(Function<FarmClient, HttpResponse<String>> call) {
    StringBuilder failures = new StringBuilder();
    for (int i = 0; i < replicas.size(); i++) {
      int at = (first + i) % replicas.size();
      try {
        HttpResponse<String> answer = call.apply(replicas.get(at).client());
        if (answer.statusCode() < SERVER_ERROR) {
          first = at;
          return answer;
        }
        failures.append(answer.statusCode()).append(' ').append(answer.body()).append("; ");
      } catch (UncheckedIOException e) {
        failures.append(e.getMessage()).append("; ");
      }
    }
    throw new AssertionError("no replica answered: " + failures);
  }
}
