package dev.wrtfarm.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A started program. It dies with this JVM, because its standard input is a pipe that only this JVM
 * holds (see {@link ParentWatch}).
 */
public final class ChildProcess implements AutoCloseable {
  private static final List<String> INHERITED = List.of("PATH", "LANG", "LC_ALL", "TZ", "HOME");
  private static final long LOG_LIMIT = 10L << 20;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
  private static final Duration LAST_OUTPUT = Duration.ofSeconds(3);
  private static final Duration POLL = Duration.ofMillis(20);

  private final Program program;
  private final Process process;
  private final ProgramLog log;
  private final Instant startedAt = Instant.now();
  private final Thread outputTaker;
  private volatile boolean readyLineSeen;

  private ChildProcess(Program program, Process process, ProgramLog log) {
    this.program = program;
    this.process = process;
    this.log = log;
    this.outputTaker =
        Thread.ofPlatform().daemon().name("log-" + program.name()).unstarted(this::takeOutput);
  }

  /** Starts it and returns at once. */
  public static ChildProcess start(Program program) {
    ProgramLog log = new ProgramLog(program.log(), LOG_LIMIT);
    ProcessBuilder builder =
        new ProcessBuilder(program.argv())
            .directory(program.directory().toFile())
            .redirectErrorStream(true);
    fill(builder.environment(), program);
    try {
      log.prepare();
      ChildProcess child = new ChildProcess(program, builder.start(), log);
      child.outputTaker.start();
      return child;
    } catch (IOException | UncheckedIOException e) {
      throw new ProgramFailed(program.name() + " cannot be started: " + e.getMessage(), e);
    }
  }

  /** Starts it and waits until it is ready; a program that is not gets stopped. */
  public static ChildProcess startReady(Program program) {
    ChildProcess child = start(program);
    try {
      child.awaitReady();
      return child;
    } catch (ProgramFailed e) {
      child.kill();
      throw e;
    }
  }

  /**
   * Waits until it is ready, and says how long that took since its start.
   *
   * @throws ProgramFailed with the end of its output when it ends before, or the time is over
   */
  public Duration awaitReady() {
    Readiness readiness = program.readiness();
    long deadline = System.nanoTime() + readiness.limit().toNanos();
    while (!isReady(readiness)) {
      if (!process.isAlive()) {
        awaitLastOutput();
        throw failed("ended with exit code " + process.exitValue() + " before it was ready");
      }
      if (System.nanoTime() - deadline > 0) {
        throw failed("was not ready after " + readiness.limit().toSeconds() + " s");
      }
      pause();
    }
    return Duration.between(startedAt, Instant.now());
  }

  public String name() {
    return program.name();
  }

  public long pid() {
    return process.pid();
  }

  public Instant startedAt() {
    return startedAt;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its end, and gives the exit code (128 + signal when it was killed). */
  public int awaitEnd() throws InterruptedException {
    int code = process.waitFor();
    awaitLastOutput();
    return code;
  }

  /** Its last lines of output. */
  public String tail() {
    return log.tail();
  }

  /** Asks it to stop (end of its input, SIGTERM), and kills it with all below it after 15 s. */
  public void stop() {
    stop(STOP_LIMIT);
  }

  public void stop(Duration limit) {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It is gone already, and the pipe with it.
    }
    // Not Process.destroy: that closes our end of its output, and its last words would be lost.
    process.toHandle().destroy();
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
      }
      // Nothing is written into the log any more when this returns.
      awaitLastOutput();
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Ends it and everything below it with SIGKILL. When this returns, none of them uses a file or a
   * port any more, and nothing is written into the log.
   */
  public void kill() {
    List<ProcessHandle> below = process.descendants().toList();
    process.toHandle().destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
    KilledProcesses.await(below, LAST_OUTPUT);
    awaitLastOutput();
  }

  @Override
  public void close() {
    stop();
  }

  /**
   * What it wrote last may still be in the pipe; a child of its own may hold that open for long.
   */
  private void awaitLastOutput() {
    try {
      outputTaker.join(LAST_OUTPUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void takeOutput() {
    log.takeFrom(process.getInputStream(), this::lookForReadyLine);
  }

  private void lookForReadyLine(String line) {
    if (!readyLineSeen
        && program.readiness() instanceof Readiness.Output wanted
        && wanted.pattern().matcher(line).find()) {
      readyLineSeen = true;
    }
  }

  private boolean isReady(Readiness readiness) {
    return switch (readiness) {
      case Readiness.Started started -> true;
      case Readiness.Output output -> readyLineSeen;
      case Readiness.Http http -> answers(http.url());
    };
  }

  private static boolean answers(URI url) {
    try {
      HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(2000);
      connection.setReadTimeout(2000);
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }

  private ProgramFailed failed(String what) {
    String tail = log.tail();
    return new ProgramFailed(
        program.name()
            + " "
            + what
            + (tail.isEmpty()
                ? "; it wrote nothing"
                : "; the end of " + program.log() + ":\n" + tail.indent(2).stripTrailing()));
  }

  private void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was waited for, and the wait was interrupted");
    }
  }

  /** A program's environment is ours to give: what a shell happens to export stays outside. */
  private static void fill(Map<String, String> environment, Program program) {
    environment.keySet().retainAll(INHERITED);
    if (program.user() != null) {
      environment.put("HOME", program.directory().toAbsolutePath().toString());
    }
    environment.putAll(program.environment());
  }
}
