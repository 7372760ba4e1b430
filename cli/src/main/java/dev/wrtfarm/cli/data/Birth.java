package dev.wrtfarm.cli.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * When a process began, in the kernel's own count: which start of the system, and how many ticks
 * after it. The JVM tells it as a time of day, which is another one after the clock was set.
 */
final class Birth {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  /** The 22nd field of {@code stat}; the first two end with the last bracket. */
  private static final int START_AFTER_NAME = 19;

  private Birth() {}

  /** Empty where there is no such process, or the system does not tell. */
  static Optional<String> of(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] afterName = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
      return afterName.length > START_AFTER_NAME
          ? Optional.of(Files.readString(BOOT).strip() + "/" + afterName[START_AFTER_NAME])
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
