package dev.wrtfarm.system.cluster;

import dev.wrtfarm.common.rest.ArtifactView;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.system.FarmClient;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Somebody who downloads what the farm has, all the time, while everything else is being broken. A
 * replica or a store that does not answer is no matter; a missing object, or a wrong one, is.
 */
final class Reader implements AutoCloseable {
  private static final int BUILDS = 50;
  private static final int OK = 200;
  private static final Set<Integer> MISSING = Set.of(404, 410);

  private final Cluster cluster;
  private final Random random = new Random(4);
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean stopped;

  private Reader(Cluster cluster) {
    this.cluster = cluster;
    this.thread = Thread.ofVirtual().name("reader").unstarted(this::run);
  }

  static Reader of(Cluster cluster) {
    Reader reader = new Reader(cluster);
    reader.thread.start();
    return reader;
  }

  /** What was missing or wrong until now. */
  List<String> wrong() {
    return new ArrayList<>(wrong);
  }

  private void run() {
    while (!stopped) {
      try {
        read(cluster.api(random.nextInt(cluster.replicas().size())).client());
      } catch (UncheckedIOException | IllegalStateException e) {
        // Down or on its way down; the next one, then.
      }
      FarmClient.pause();
    }
  }

  private void read(FarmClient client) {
    List<BuildView> ended =
        client.builds(BUILDS).stream().filter(build -> build.state().hasImages()).toList();
    if (ended.isEmpty()) {
      return;
    }
    BuildView build = client.build(ended.get(random.nextInt(ended.size())).id());
    for (ArtifactView artifact : build.artifacts()) {
      HttpResponse<byte[]> answer = client.download(artifact);
      if (MISSING.contains(answer.statusCode())) {
        wrong.add("build %s, %s: missing".formatted(build.id(), artifact.name()));
      } else if (answer.statusCode() == OK
          && !Sha256.of(answer.body()).hex().equals(artifact.sha256())) {
        wrong.add("build %s, %s: other bytes".formatted(build.id(), artifact.name()));
      }
    }
  }

  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
