package dev.wrtfarm.system.cluster;

import dev.wrtfarm.launcher.Program;
import dev.wrtfarm.system.FarmClient;
import java.net.URI;

/** One replica of the API. Its URL stays its own over ends and starts. */
public final class ApiReplica implements AutoCloseable {
  private final URI url;
  private final FarmProcess process;
  private final FarmClient client;

  ApiReplica(URI url, Program program) {
    this.url = url;
    this.process = new FarmProcess(program);
    this.client = new FarmClient(url);
  }

  public URI url() {
    return url;
  }

  /** Asks this replica and no other. */
  public FarmClient client() {
    return client;
  }

  void awaitReady() {
    process.awaitReady();
  }

  public void kill() {
    process.kill();
  }

  /** SIGTERM; returns at once. */
  public void terminate() {
    process.terminate();
  }

  public void awaitEnd() {
    process.awaitEnd();
  }

  public void startAgain() {
    process.startAgain();
  }

  void mend() {
    process.mend();
  }

  @Override
  public void close() {
    // A client waits for the answers that it has been promised.
    process.close();
    client.close();
  }
}
