package dev.wrtfarm.stack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** PostgreSQL as a child process, with durable commits. */
final class PostgresServer implements Part {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final int STOP_SECONDS = 5;

  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "max_connections=100",
          "shared_buffers=64MB",
          "fsync=on",
          "synchronous_commit=on",
          // No replicas.
          "wal_level=minimal",
          "max_wal_senders=0",
          "max_logical_replication_workers=0",
          // Fewer processes; the difference shows on large scans only.
          "io_method=sync",
          "log_checkpoints=off",
          // A failed statement's text may hold data that does not belong into a log.
          "log_min_error_statement=panic");

  private final PostgresFolder database;
  private final int port;
  private final PostgresPasswords passwords;
  private final StackExit exit;
  private @Nullable Process process;
  private boolean stopping;

  PostgresServer(Path data, int port, PostgresPasswords passwords, StackExit exit) {
    this.database = new PostgresFolder(databaseIn(data));
    this.port = port;
    this.passwords = passwords;
    this.exit = exit;
  }

  /** A stack that was killed leaves its server behind, with the port and the files in use. */
  static void stopOrphan(Path data) {
    PostmasterFile file = new PostmasterFile(databaseIn(data));
    file.orphan()
        .ifPresent(orphan -> {
          System.err.println("stopping PostgreSQL, left by a killed stack: " + orphan.pid());
          PostgresStop.stop(orphan, STOP_SECONDS);
        });
    PostgresStop.kill(file.remains());
    file.removeIfMisleading();
  }

  @Override
  public void start() {
    PostgresBinaries binaries = PostgresBinaries.besideOurJar();
    database.initialise(binaries, passwords);
    awaitReady(launch(binaries));
  }

  @Override
  public void stop() {
    Process running;
    synchronized (this) {
      stopping = true;
      running = process;
    }
    if (running != null) {
      PostgresStop.stop(running.toHandle(), STOP_SECONDS);
    }
  }

  @Override
  public Map<String, String> endpoints() {
    return Map.of(
        "quarkus.datasource.jdbc.url",
        "jdbc:postgresql://127.0.0.1:" + port + "/wrtfarm",
        "quarkus.datasource.username",
        "wrtfarm",
        "quarkus.datasource.password",
        passwords.farm());
  }

  private synchronized Process launch(PostgresBinaries binaries) {
    if (stopping) {
      throw new StackFailed("PostgreSQL was not started: the stack is being stopped");
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                binaries.program("postgres"),
                "-D",
                database.path().toString(),
                "-p",
                Integer.toString(port)));
    SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
    try {
      Process started =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process = started;
      Thread.ofPlatform().daemon().name("postgres-log").start(() -> passOn(started));
      return started;
    } catch (IOException e) {
      throw new StackFailed("PostgreSQL cannot be started", e);
    }
  }

  /**
   * What it says goes on to our own output. It does not inherit that: an orphan would hold it open,
   * and whoever reads it would wait for our end in vain.
   */
  private static void passOn(Process started) {
    try (InputStream words = started.getErrorStream()) {
      words.transferTo(System.err);
    } catch (IOException e) {
      System.err.println("PostgreSQL's words cannot be read further: " + e.getMessage());
    }
  }

  private void awaitReady(Process started) {
    PostmasterFile file = new PostmasterFile(database.path());
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    try {
      while (!file.isReady(started.pid())) {
        if (started.waitFor(10, TimeUnit.MILLISECONDS)) {
          throw new StackFailed(
              "PostgreSQL ended with exit code %d; see what it said"
                  .formatted(started.exitValue()));
        }
        if (System.nanoTime() > deadline) {
          throw new StackFailed("PostgreSQL was not ready after " + START_LIMIT.toSeconds() + " s");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackFailed("PostgreSQL's start was interrupted", e);
    }
    Thread.ofPlatform().daemon().name("postgres-watch").start(() -> endWith(started));
  }

  private void endWith(Process server) {
    int code = server.onExit().join().exitValue();
    synchronized (this) {
      if (stopping) {
        return;
      }
    }
    exit.failed("PostgreSQL ended with exit code " + code);
  }

  private static Path databaseIn(Path data) {
    return data.resolve("database");
  }
}
