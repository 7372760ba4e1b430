package dev.wrtfarm.testing;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * PostgreSQL, broker and S3 server from the local stack, each in a process of its own, so that one
 * of them can be killed, paused or robbed of its data while the others go on. Always the local
 * stack: faults need processes that are ours.
 */
public final class SeparateParts implements AutoCloseable {
  private final EmbeddedParts database;
  private final EmbeddedParts broker;
  private final EmbeddedParts store;

  private SeparateParts(EmbeddedParts database, EmbeddedParts broker, EmbeddedParts store) {
    this.database = database;
    this.broker = broker;
    this.store = store;
  }

  /** Starts a set of its own for the caller, who closes it; it ends with the JVM at the latest. */
  public static SeparateParts start() {
    Path home = Path.of(System.getProperty("wrtfarm.home", "."));
    CompletableFuture<EmbeddedParts> broker =
        CompletableFuture.supplyAsync(() -> new EmbeddedParts(home, "--only", "kafka"));
    CompletableFuture<EmbeddedParts> store =
        CompletableFuture.supplyAsync(() -> new EmbeddedParts(home, "--only", "s3"));
    return new SeparateParts(
        new EmbeddedParts(home, "--only", "postgres"), broker.join(), store.join());
  }

  public Parts database() {
    return database;
  }

  public Parts broker() {
    return broker;
  }

  public Parts store() {
    return store;
  }

  /** How services reach them; it stays the same over kills and restarts. */
  public Map<String, String> configuration() {
    Map<String, String> all = new TreeMap<>(database.configuration());
    all.putAll(broker.configuration());
    all.putAll(store.configuration());
    return all;
  }

  /** Starts again, or lets go on, what a test has left broken. */
  public void mend() {
    database.mend();
    broker.mend();
    store.mend();
  }

  @Override
  public void close() {
    database.close();
    broker.close();
    store.close();
  }
}
