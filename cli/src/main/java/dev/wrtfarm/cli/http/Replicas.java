package dev.wrtfarm.cli.http;

import dev.wrtfarm.cli.problem.FarmUnreachable;
import dev.wrtfarm.cli.problem.FarmUnreachable.Silence;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The addresses of one farm. The next one is tried when one does not answer, and the one that
 * answered is asked first from then on. What may have arrived is said again only if that changes
 * nothing: anything but a POST, or a POST that carries an idempotency key.
 */
final class Replicas implements AutoCloseable {
  static final String KEY = "Idempotency-Key";
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final int UNAVAILABLE = 503;
  private static final Set<Integer> NO_ANSWER = Set.of(502, UNAVAILABLE, 504);

  private final List<Replica> all;
  private final HttpClient http;
  private volatile int first;

  Replicas(List<Replica> all) {
    this.all = all;
    // Redirects are followed by hand: the token is the farm's, not the object store's.
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_LIMIT)
            .build();
  }

  List<Replica> all() {
    return all;
  }

  /**
   * The first answer, whatever it says. A lone replica's word that it cannot answer now is one.
   *
   * @param call makes the request for a replica
   */
  HttpResponse<InputStream> send(Function<Replica, HttpRequest> call) throws InterruptedException {
    List<Silence> silent = new ArrayList<>();
    int start = first;
    for (int i = 0; i < all.size(); i++) {
      int at = (start + i) % all.size();
      Replica replica = all.get(at);
      HttpRequest request = call.apply(replica);
      try {
        HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
        int status = answer.statusCode();
        boolean notHeard = status == UNAVAILABLE || isRepeatable(request);
        if (all.size() == 1 || !NO_ANSWER.contains(status) || !notHeard) {
          first = at;
          return answer;
        }
        answer.body().close();
        silent.add(new Silence(replica.url(), "answers HTTP " + status));
      } catch (IOException e) {
        silent.add(new Silence(replica.url(), what(e)));
        if (!neverArrived(e) && !isRepeatable(request)) {
          break;
        }
      }
    }
    throw new FarmUnreachable(silent);
  }

  /** Without a replica's choice: the object store. */
  HttpResponse<InputStream> get(HttpRequest request) throws InterruptedException {
    try {
      return http.send(request, BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new FarmUnreachable(List.of(new Silence(request.uri().resolve("/"), what(e))));
    }
  }

  private static boolean isRepeatable(HttpRequest request) {
    return !request.method().equals("POST") || request.headers().firstValue(KEY).isPresent();
  }

  private static boolean neverArrived(IOException e) {
    return e instanceof ConnectException || e instanceof HttpConnectTimeoutException;
  }

  private static String what(IOException e) {
    return switch (e) {
      case HttpTimeoutException _ -> "does not answer in time";
      case ConnectException _ -> "refuses the connection, or is not there";
      default -> "broke the connection off";
    };
  }

  /** Without this the JVM would wait a third of a second for the client's thread at its end. */
  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
