package dev.wrtfarm.system.cluster;

import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.launcher.FolderTree;
import dev.wrtfarm.launcher.FreePort;
import dev.wrtfarm.launcher.Readiness;
import dev.wrtfarm.launcher.SystemUser;
import dev.wrtfarm.testing.SeparateParts;
import dev.wrtfarm.testing.TestFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A farm in processes that a test holds in its hands: the parts each alone, replicas of the API,
 * workers, and an upstream whose builds take no time. A test starts the workers that it needs and
 * stops them at its end.
 */
public final class Cluster implements AutoCloseable {
  private static final Duration READY = Duration.ofMinutes(3);
  private static final Pattern STARTED = Pattern.compile("started in [0-9.]+s");
  private static final String WORKER_TOKEN = "worker-token-of-the-tests";
  private static final Collection<Cluster> RUNNING = new CopyOnWriteArrayList<>();

  private final Path folder = TestFolders.make();
  private final Path logs;
  private final TinyUpstream upstream = new TinyUpstream(folder.resolve("site"));
  private final SeparateParts parts = SeparateParts.start();
  private final List<ApiReplica> replicas = new ArrayList<>();
  private final List<WorkerProcess> workers = new ArrayList<>();

  private Cluster(String name) {
    try {
      logs = Path.of("target", "cluster-logs", name).toAbsolutePath();
      FolderTree.delete(logs);
      Files.createDirectories(logs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    RUNNING.add(this);
  }

  /**
   * Starts parts and replicas.
   *
   * @param name of the folder for logs, below {@code target/cluster-logs}
   * @param configuration of the API, where it is not the product's
   */
  public static Cluster start(String name, int replicas, Map<String, String> configuration) {
    Cluster cluster = new Cluster(name);
    try {
      // The first one makes the schema; side by side they would only wait for each other.
      IntStream.rangeClosed(1, replicas).forEach(n -> cluster.startApi("api-" + n, configuration));
      cluster.replicas.forEach(ApiReplica::awaitReady);
      return cluster;
    } catch (RuntimeException | Error e) {
      cluster.printLogs();
      cluster.close();
      throw e;
    }
  }

  public SeparateParts parts() {
    return parts;
  }

  public Database database() {
    return new Database(parts.configuration());
  }

  /** Counted from 0. */
  public ApiReplica api(int number) {
    return replicas.get(number);
  }

  public List<ApiReplica> replicas() {
    return List.copyOf(replicas);
  }

  /** A ready worker that knows all replicas. */
  public WorkerProcess worker(String id, Map<String, String> configuration) {
    return workers(List.of(id), configuration).getFirst();
  }

  /** Started side by side. */
  public List<WorkerProcess> workers(List<String> ids, Map<String, String> configuration) {
    List<WorkerProcess> started = ids.stream().map(id -> startWorker(id, configuration)).toList();
    started.forEach(WorkerProcess::awaitReady);
    return started;
  }

  /** Starts again, or lets go on, what an earlier test has left broken, and empties the queue. */
  void mend() {
    parts.mend();
    replicas.forEach(ApiReplica::mend);
    Eventually.holds("nothing is left to build", READY, this::isQueueEmpty);
  }

  /** Takes back what is still wanted: workers would come to it before they come to the test's. */
  private boolean isQueueEmpty() {
    List<String> wanted =
        database()
            .column(
                "select r.id from request r join build b on b.id = r.build_id"
                    + " where b.state in ('QUEUED', 'RUNNING') and r.cancelled_at is null");
    wanted.forEach(api(0).client()::cancel);
    return wanted.isEmpty();
  }

  /** Ends all workers; what they were building waits in the queue. */
  public void stopWorkers() {
    workers.parallelStream().forEach(WorkerProcess::close);
    workers.clear();
  }

  private void startApi(String name, Map<String, String> configuration) {
    URI url = URI.create("http://127.0.0.1:" + FreePort.any());
    Map<String, String> values = new TreeMap<>(parts.configuration());
    values.put("quarkus.http.port", Integer.toString(url.getPort()));
    values.put("wrtfarm.upstream.url", upstream.url());
    values.put("wrtfarm.access.worker-token-sha256", Sha256.of(WORKER_TOKEN).hex());
    values.putAll(configuration);
    replicas.add(
        new ApiReplica(
            url,
            Launch.of(
                name,
                "api-service",
                SystemUser.FARM,
                folder.resolve(name),
                logs.resolve(name + ".log"),
                values,
                Readiness.http(url.resolve("/q/health/ready"), READY))));
  }

  private WorkerProcess startWorker(String id, Map<String, String> configuration) {
    Path data = folder.resolve(id);
    Path token = folder.resolve("worker.token");
    Map<String, String> values = new TreeMap<>();
    parts.broker().configuration().forEach(values::put);
    values.put(
        "wrtfarm.api.urls",
        replicas.stream().map(each -> each.url().toString()).collect(Collectors.joining(",")));
    values.put("wrtfarm.api.token-file", token.toString());
    values.put("wrtfarm.worker.id", id);
    values.put("wrtfarm.worker.data", data.toString());
    values.put("wrtfarm.upstream.url", upstream.url());
    values.put("wrtfarm.upstream.usign-keys", upstream.publicKey());
    values.putAll(configuration);
    try {
      Files.writeString(token, WORKER_TOKEN + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    WorkerProcess worker =
        new WorkerProcess(
            id,
            data,
            Launch.of(
                id,
                "build-worker",
                SystemUser.WORKER,
                data,
                logs.resolve(id + ".log"),
                values,
                new Readiness.Output(STARTED, READY)));
    workers.add(worker);
    return worker;
  }

  /** The end of each process's log, of all clusters that run, on standard error. */
  static void printAllLogs() {
    RUNNING.forEach(Cluster::printLogs);
  }

  private void printLogs() {
    LogTails.print(logs);
  }

  @Override
  public void close() {
    RUNNING.remove(this);
    try (upstream;
        parts) {
      stopWorkers();
      replicas.parallelStream().forEach(ApiReplica::close);
    }
    try {
      FolderTree.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
