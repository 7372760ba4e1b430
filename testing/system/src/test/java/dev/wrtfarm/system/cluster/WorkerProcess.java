package dev.wrtfarm.system.cluster;

import dev.wrtfarm.launcher.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** One worker. */
public final class WorkerProcess implements AutoCloseable {
  /** A package that lets {@code make image} wait until {@link #letGo()}. */
  public static final String HOLD = "hold";

  private final String id;
  private final Path data;
  private final FarmProcess process;

  WorkerProcess(String id, Path data, Program program) {
    this.id = id;
    this.data = data;
    this.process = new FarmProcess(program);
  }

  public String id() {
    return id;
  }

  void awaitReady() {
    process.awaitReady();
  }

  public void kill() {
    process.kill();
  }

  public void freeze() {
    process.freeze();
  }

  public void thaw() {
    process.thaw();
  }

  /** SIGTERM; returns at once. */
  public void terminate() {
    process.terminate();
  }

  /** SIGTERM; returns when it claims nothing more. */
  public void drain() {
    process.terminate();
    process.awaitWords("s to end");
  }

  public void awaitEnd() {
    process.awaitEnd();
  }

  /** Lets the builds that it holds at this moment go on; tells how many trees there were. */
  public int letGo() {
    int trees = 0;
    try {
      for (Path attempts : below(data.resolve("scratch"))) {
        for (Path attempt : below(attempts)) {
          Path tree = attempt.resolve("tree");
          if (Files.exists(tree.resolve("Makefile"))) {
            Files.createFile(tree.resolve("go"));
            trees++;
          }
        }
      }
    } catch (NoSuchFileException | FileAlreadyExistsException e) {
      // An attempt that has just ended, or that was let go before.
      return trees;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return trees;
  }

  private static List<Path> below(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
