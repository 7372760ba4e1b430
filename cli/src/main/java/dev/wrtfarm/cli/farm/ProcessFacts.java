package dev.wrtfarm.cli.farm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What /proc tells about a program and all processes below it. */
final class ProcessFacts {
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final int KIB = 1024;

  private ProcessFacts() {}

  /** Resident memory; pages that processes share count for each. 0 when it is gone. */
  static long memory(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
        .mapToLong(handle -> resident(handle.pid()))
        .sum();
  }

  private static long resident(long pid) {
    try {
      Matcher line = RESIDENT.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
      return line.find() ? Long.parseLong(line.group(1)) * KIB : 0;
    } catch (IOException gone) {
      return 0;
    }
  }
}
