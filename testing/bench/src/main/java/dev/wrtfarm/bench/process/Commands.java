package dev.wrtfarm.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Runs commands to their end and times them. */
public final class Commands {
  private static final Set<String> INHERITED = Set.of("PATH", "LANG", "LC_ALL", "TZ", "HOME");
  private static final Duration LIMIT = Duration.ofMinutes(8);

  private final Cleanup cleanup;
  private final Path folder;

  /**
   * @param folder where outputs lie while a command runs
   */
  public Commands(Cleanup cleanup, Path folder) {
    this.cleanup = cleanup;
    this.folder = folder;
  }

  /**
   * A command that has ended.
   *
   * @param took from just before its start until its exit code was known
   */
  public record Ended(List<String> argv, int exitCode, Duration took, String out, String err) {
    /** Itself, if the exit code is the wanted one. */
    public Ended withExit(int wanted) {
      if (exitCode != wanted) {
        throw new BenchFailed(
            "%s ended with exit code %d instead of %d; it said:\n%s"
                .formatted(
                    String.join(" ", argv), exitCode, wanted, (out + err).strip().indent(2)));
      }
      return this;
    }
  }

  public Ended run(List<String> argv) {
    return run(argv, Map.of(), folder);
  }

  /** The environment is what a program of the farm inherits, and the given variables. */
  public Ended run(List<String> argv, Map<String, String> environment, Path directory) {
    Path out = null;
    Path err = null;
    try {
      // Files, not pipes: nobody has to read while the clock runs, and a farm that goes on in the
      // background does not keep us waiting.
      out = Files.createTempFile(folder, "command", ".out");
      err = Files.createTempFile(folder, "command", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(argv)
              .directory(directory.toFile())
              .redirectInput(new java.io.File("/dev/null"))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().keySet().retainAll(INHERITED);
      builder.environment().putAll(environment);
      return timed(argv, builder, out, err);
    } catch (IOException e) {
      throw new BenchFailed(argv.getFirst() + " could not be run: " + e.getMessage(), e);
    } finally {
      delete(out);
      delete(err);
    }
  }

  private Ended timed(List<String> argv, ProcessBuilder builder, Path out, Path err)
      throws IOException {
    long began = System.nanoTime();
    Process process = builder.start();
    AutoCloseable killed = cleanup.add(() -> kill(process));
    try {
      if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new BenchFailed(
            "%s did not end within %d min".formatted(String.join(" ", argv), LIMIT.toMinutes()));
      }
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      return new Ended(argv, process.exitValue(), took, text(out), text(err));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailed("stopped", e);
    } finally {
      cleanup.close(killed);
    }
  }

  private static void kill(Process process) {
    List<ProcessHandle> below = process.descendants().toList();
    if (process.isAlive()) {
      process.destroyForcibly();
      below.forEach(ProcessHandle::destroyForcibly);
      process.onExit().join();
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private static void delete(@org.jspecify.annotations.Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
