package dev.wrtfarm.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Processes that were sent SIGKILL, and may be anybody's children. */
public final class KilledProcesses {
  private static final long POLL_MILLIS = 10;

  private KilledProcesses() {}

  /**
   * Waits until none of them uses a file or a port any more, or the limit is over: the kernel lets
   * one that waits for a disk end its call first.
   */
  public static void await(List<ProcessHandle> killed, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      while (!killed.stream().allMatch(KilledProcesses::hasEnded)
          && System.nanoTime() - deadline < 0) {
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Not by the JVM alone, to which one lives that has ended but was not asked about by its parent.
   * In a container whose first process asks about nobody, that is for ever.
   */
  private static boolean hasEnded(ProcessHandle process) {
    try {
      String stat =
          Files.readString(
              Path.of("/proc/" + process.pid() + "/stat"), StandardCharsets.ISO_8859_1);
      return "ZX".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) >= 0 || !process.isAlive();
    } catch (IOException e) {
      return !process.isAlive();
    }
  }
}
