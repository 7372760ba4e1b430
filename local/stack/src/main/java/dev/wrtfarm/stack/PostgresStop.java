package dev.wrtfarm.stack;

import dev.wrtfarm.launcher.KilledProcesses;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a server without waiting for its clients, and, when that takes too long, with SIGKILL. */
final class PostgresStop {
  private static final Duration DEATH = Duration.ofSeconds(20);

  private PostgresStop() {}

  static void stop(ProcessHandle server, int seconds) {
    List<ProcessHandle> below = server.descendants().toList();
    try {
      // SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for all clients to leave.
      new ProcessBuilder("kill", "-INT", Long.toString(server.pid())).start().waitFor();
      server.onExit().get(seconds, TimeUnit.SECONDS);
    } catch (IOException | ExecutionException | TimeoutException e) {
      kill(server, below);
    } catch (InterruptedException e) {
      kill(server, below);
      Thread.currentThread().interrupt();
    }
  }

  /** What is committed is on disk; the next start repairs the rest. */
  private static void kill(ProcessHandle server, List<ProcessHandle> below) {
    server.destroyForcibly();
    kill(below);
    server.onExit().join();
  }

  /** And waits until they are gone. */
  static void kill(List<ProcessHandle> processes) {
    processes.forEach(ProcessHandle::destroyForcibly);
    KilledProcesses.await(processes, DEATH);
  }
}
