package dev.wrtfarm.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * How long a program has kept a core busy. Unlike the time that passes, this hardly grows when
 * others want the cores too.
 */
public final class CpuTime {
  /** The kernel's unit for programs, whatever its own clock. */
  private static final int TICKS_PER_SECOND = 100;

  /** In {@code /proc/PID/stat}, counted from behind the name: own and of ended children. */
  private static final int FIRST = 11;

  private static final int LAST = 14;

  private CpuTime() {}

  /** Of the process and everything below it, what has ended included. */
  public static Duration of(long pid) {
    Stream<ProcessHandle> all =
        ProcessHandle.of(pid).stream()
            .flatMap(each -> Stream.concat(Stream.of(each), each.descendants()));
    long ticks = all.mapToLong(each -> ticks(each.pid())).sum();
    return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
  }

  private static long ticks(long pid) {
    try {
      return parse(Files.readString(Path.of("/proc/" + pid + "/stat")));
    } catch (IOException e) {
      // It has just ended; its parent has its time now.
      return 0;
    }
  }

  static long parse(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long sum = 0;
    for (int field = FIRST; field <= LAST; field++) {
      sum += Long.parseLong(fields[field]);
    }
    return sum;
  }
}
