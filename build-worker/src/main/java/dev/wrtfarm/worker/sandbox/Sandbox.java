package dev.wrtfarm.worker.sandbox;

import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.value.ByteSize;
import dev.wrtfarm.worker.attempt.Attempt;
import dev.wrtfarm.worker.attempt.BuildFailed;
import dev.wrtfarm.worker.host.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs a command in an attempt's tree: no network but the feed proxy, no files of the host but its
 * programs, no rights, limits on everything.
 *
 * <p>Packages bring scripts that run here, so whatever runs is hostile until shown otherwise. A run
 * belongs to the thread that starts it (bubblewrap dies with that thread), which must therefore be
 * a platform thread that stays until the end.
 */
public final class Sandbox {
  /** Fixed, so that it cannot make two builds differ; the sandbox has its loopback to itself. */
  static final int PORT = 8642;

  /** Where the sandbox finds the feeds; numbers follow. */
  public static final String FEEDS = "http://127.0.0.1:" + PORT + "/r";

  public static final String OUTPUT = BubblewrapArguments.OUTPUT;
  public static final String OVERLAY = BubblewrapArguments.OVERLAY;
  private static final long DISK_CHECK_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Limits limits;
  private final List<String> launcher;
  private final byte[] inside;

  /**
   * @param launcher put before bubblewrap's command line, for callers that must drop rights first;
   *     empty in a worker, which has none
   */
  public Sandbox(Limits limits, List<String> launcher) {
    this.limits = limits;
    this.launcher = List.copyOf(launcher);
    try (InputStream in = Sandbox.class.getResourceAsStream("/sandbox/inside.py")) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks sandbox/inside.py");
      }
      this.inside = in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the command's exit status. An interrupt ends every process of the run. */
  public int run(Attempt attempt, Path feedSocket, List<String> command, Lines lines)
      throws InterruptedException {
    if (Thread.currentThread().isVirtual()) {
      throw new IllegalStateException("a sandbox needs a platform thread");
    }
    List<String> bubblewrap = bubblewrap(attempt, feedSocket, command);
    Process process = start(bubblewrap);
    Thread out = read(process.getInputStream(), lines::out);
    Thread err = read(process.getErrorStream(), lines::err);
    try {
      supervise(process, attempt);
      out.join();
      err.join();
      return process.exitValue();
    } finally {
      new RunningSandbox(process, bubblewrap).end();
    }
  }

  private List<String> bubblewrap(Attempt attempt, Path feedSocket, List<String> command) {
    try {
      Path own = Folders.make(attempt.dir().resolve("sandbox"));
      Path script = own.resolve("inside.py");
      Files.write(script, inside);
      Folders.make(attempt.dir().resolve("tmp"));
      Folders.make(attempt.dir().resolve("shm"));
      return BubblewrapArguments.of(
          attempt, SandboxEtc.write(own.resolve("etc")), script, feedSocket, limits, command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process start(List<String> bubblewrap) {
    List<String> argv = new ArrayList<>(launcher);
    argv.addAll(bubblewrap);
    try {
      ProcessBuilder builder = new ProcessBuilder(argv);
      builder.environment().clear();
      builder.environment().put("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
      return builder.redirectInput(Path.of("/dev/null").toFile()).start();
    } catch (IOException e) {
      throw new BuildFailed(
          FailureReason.SANDBOX_FAILED, "cannot run " + argv.getFirst() + ": " + e.getMessage());
    }
  }

  private void supervise(Process process, Attempt attempt) throws InterruptedException {
    long begun = System.nanoTime();
    long measured = begun;
    while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
      long now = System.nanoTime();
      if (now - begun > limits.time().toNanos()) {
        throw new BuildFailed(
            FailureReason.TIMED_OUT,
            "the run took longer than %d seconds, which is the limit"
                .formatted(limits.time().toSeconds()));
      }
      if (now - measured > DISK_CHECK_NANOS) {
        measured = now;
        checkDisk(Folders.size(attempt.dir()));
      }
    }
  }

  private void checkDisk(long used) {
    if (used > limits.disk()) {
      throw new BuildFailed(
          FailureReason.DISK_FULL,
          "the build wrote %s, the limit is %s"
              .formatted(new ByteSize(used), new ByteSize(limits.disk())));
    }
  }

  private static Thread read(InputStream stream, Consumer<String> sink) {
    return Thread.ofVirtual().name("sandbox-output").start(() -> OutputLines.read(stream, sink));
  }
}
