package dev.wrtfarm.bench.farm;

import dev.wrtfarm.bench.process.BenchFailed;
import dev.wrtfarm.bench.process.Cleanup;
import dev.wrtfarm.bench.process.Commands;
import dev.wrtfarm.bench.process.Workbench;
import dev.wrtfarm.launcher.FreePort;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** A farm with one worker and the sample upstream, started and stopped as a user does. */
public final class BenchFarm implements AutoCloseable {
  private final Workbench bench;
  private final Path data;
  private final int port = FreePort.any();

  private BenchFarm(Workbench bench, Path data) {
    this.bench = bench;
    this.data = data;
  }

  /** A farm that has never been started; it is stopped with the run, or before. */
  public static BenchFarm in(Workbench bench, String folder) {
    return bench.cleanup().add(new BenchFarm(bench, bench.folder().resolve(folder)));
  }

  /** Ends the farms in the folder of a run that was killed. */
  public static void stopAllIn(Workbench abandoned) throws IOException {
    List<Path> folders;
    try (Stream<Path> all = Files.list(abandoned.folder())) {
      folders = all.filter(each -> Files.exists(FarmFile.in(each))).toList();
    }
    folders.forEach(each -> new BenchFarm(abandoned, each).down());
  }

  /** From the start of the command until it has said that the farm is ready. */
  public Duration up() {
    String[] command = {
      "up",
      "--detach",
      "--data",
      data.toString(),
      "--port",
      Integer.toString(port),
      "--upstream",
      "sample",
      "--workers",
      "1"
    };
    return bench.commands().run(bench.wrtfarm().argv(command)).withExit(0).took();
  }

  public Path data() {
    return data;
  }

  public URI api() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Where the worker is told that Image Builders and packages are. */
  public URI sampleUpstream() throws IOException {
    Properties values = new Properties();
    try (Reader in = Files.newBufferedReader(data.resolve("config/worker-1.properties"))) {
      values.load(in);
    }
    return URI.create(values.getProperty("wrtfarm.upstream.url"));
  }

  /** Also usable after the run's own commands have been stopped. */
  public void down() {
    if (!Files.exists(FarmFile.in(data))) {
      return;
    }
    long launcher = FarmFile.read(data).launcher();
    try (Cleanup own = new Cleanup()) {
      new Commands(own, bench.folder())
          .run(bench.wrtfarm().argv("down", "--data", data.toString()))
          .withExit(0);
    } catch (BenchFailed e) {
      // The programs end with their launcher, however it ends.
      ProcessHandle.of(launcher).ifPresent(ProcessHandle::destroyForcibly);
      throw e;
    }
  }

  @Override
  public void close() {
    down();
  }
}
