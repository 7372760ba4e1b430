package dev.wrtfarm.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Memory of a process as the kernel counts it.
 *
 * @param pss a page that n processes share counts 1/n for each, so these may be added up
 * @param rss a shared page counts for each
 */
public record Memory(long pss, long rss) {
  public static final Memory NONE = new Memory(0, 0);
  private static final int KIB = 1024;

  public static Memory of(long pid) {
    Path file = Path.of("/proc/" + pid + "/smaps_rollup");
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new BenchFailed(
          file + " cannot be read (run this as the farm's user or as root): " + e.getMessage(), e);
    }
  }

  /** Nothing, when the process has ended meanwhile: PostgreSQL's come and go. */
  public static Memory ofIfThere(long pid) {
    try {
      return of(pid);
    } catch (BenchFailed e) {
      if (ProcessHandle.of(pid).isEmpty()) {
        return NONE;
      }
      throw e;
    }
  }

  public Memory plus(Memory other) {
    return new Memory(pss + other.pss, rss + other.rss);
  }

  static Memory parse(String rollup) {
    return new Memory(bytes("Pss", rollup), bytes("Rss", rollup));
  }

  private static long bytes(String key, String rollup) {
    Matcher line = Pattern.compile("(?m)^" + key + ":\\s+(\\d+) kB$").matcher(rollup);
    if (!line.find()) {
      throw new BenchFailed("smaps_rollup has no line " + key + ": " + rollup);
    }
    return Long.parseLong(line.group(1)) * KIB;
  }
}
