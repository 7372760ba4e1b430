package dev.wrtfarm.worker.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The processes of one run.
 *
 * <p>The end of bubblewrap's first process ends the sandbox's whole PID namespace. But bubblewrap
 * may be killed while it makes that process, which is then nobody's child, waits for ever for its
 * maker, and has nothing but the maker's command line by which it is found.
 *
 * @param process bubblewrap, or what becomes it
 * @param bubblewrap its command line, which names folders of the attempt and so is no other run's
 */
record RunningSandbox(Process process, List<String> bubblewrap) {
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Returns when nothing of the run is left, or the kernel takes too long to end it. */
  void end() {
    if (!process.isAlive()) {
      return;
    }
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    process.destroyForcibly();
    all.add(process.toHandle());
    boolean interrupted = false;
    long begun = System.nanoTime();
    while (!all.isEmpty() && System.nanoTime() - begun < LONGEST_NANOS) {
      all.forEach(ProcessHandle::destroyForcibly);
      try {
        TimeUnit.MILLISECONDS.sleep(5);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      all.removeIf(RunningSandbox::hasEnded);
      if (all.isEmpty()) {
        all.addAll(orphans());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private List<ProcessHandle> orphans() {
    String line = String.join("\0", bubblewrap) + "\0";
    return ProcessHandle.allProcesses()
        .filter(each -> line.equals(read(each, "cmdline")) && !hasEnded(each))
        .toList();
  }

  /** Whether only its parent's knowledge of it is left, if anything is. */
  private static boolean hasEnded(ProcessHandle process) {
    String stat = read(process, "stat");
    int state = stat.lastIndexOf(')') + 2;
    return !process.isAlive() || stat.length() <= state || "ZX".indexOf(stat.charAt(state)) >= 0;
  }

  /** By a stream, which an interrupt does not end: what cannot be read counts as gone. */
  private static String read(ProcessHandle process, String file) {
    try (InputStream in = new FileInputStream("/proc/" + process.pid() + "/" + file)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
