package dev.wrtfarm.bench.queue;

import dev.wrtfarm.bench.process.BenchFailed;
import java.io.IOException;

/** Somebody who wants builds, on a connection of its own. */
final class Caller implements AutoCloseable {
  private static final int ACCEPTED = 202;
  private final HttpLine line;

  Caller(Api api) {
    line = HttpLine.to(api.uri(), "");
  }

  /** A body for {@link #submit}: making it is no part of what is measured. */
  static byte[] wish(String service) {
    return WorkerCalls.json(Recipes.submission(service));
  }

  /** Answers with the build's id. */
  String submit(byte[] wish) {
    HttpLine.Answer answer = line.post("/api/v2/builds", wish);
    if (answer.status() != ACCEPTED) {
      throw new BenchFailed(
          "a submission was answered with %d: %s".formatted(answer.status(), answer.text()));
    }
    return id(answer);
  }

  private static String id(HttpLine.Answer answer) {
    try {
      return WorkerCalls.JSON.readTree(answer.body()).at("/build/id").asText();
    } catch (IOException e) {
      throw new BenchFailed("a submission's answer is not JSON: " + answer.text(), e);
    }
  }

  /** The reference of calls: a GET that the api answers without a database. */
  void ask() {
    line.get("/q/health/live");
  }

  @Override
  public void close() {
    line.close();
  }
}
