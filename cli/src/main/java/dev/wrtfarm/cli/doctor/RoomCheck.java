package dev.wrtfarm.cli.doctor;

import dev.wrtfarm.cli.data.DataFolder;
import dev.wrtfarm.common.value.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Disk, memory and the file mode mask. */
final class RoomCheck implements Check {
  private static final long GIB = 1L << 30;
  private static final long LEAST_DISK = 2 * GIB;
  private static final long GOOD_DISK = 10 * GIB;
  private static final long GOOD_MEMORY = 2 * GIB;
  private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d+) kB");
  private static final Pattern UMASK = Pattern.compile("Umask:\\s+(\\d+)");

  private final DataFolder data;

  RoomCheck(DataFolder data) {
    this.data = data;
  }

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    findings.add(disk());
    long memory = number("/proc/meminfo", AVAILABLE, 10) * 1024;
    findings.add(
        memory >= GOOD_MEMORY
            ? Finding.good("memory", new ByteSize(memory) + " available")
            : Finding.warning(
                "memory",
                new ByteSize(memory) + " available; a farm with one worker takes about 1.5 GiB",
                "end other programs, or give the machine more memory"));
    findings.add(umask());
    return findings;
  }

  private Finding disk() {
    Path place = nearest(data.path());
    try {
      long free = Files.getFileStore(place).getUsableSpace();
      String text = "%s free in %s".formatted(new ByteSize(free), place);
      String remedy = "free some, or name another data folder by --data";
      if (free < LEAST_DISK) {
        return Finding.bad("disk", text + "; an Image Builder alone takes up to 1 GiB", remedy);
      }
      return free < GOOD_DISK
          ? Finding.warning("disk", text + "; that is enough for few targets", remedy)
          : Finding.good("disk", text);
    } catch (IOException e) {
      return Finding.warning("disk", "cannot be asked: " + e, "look at " + place);
    }
  }

  private static Finding umask() {
    long mask = number("/proc/self/status", UMASK, 8);
    return (mask & 0055) == 0
        ? Finding.good("umask", "0%o".formatted(mask))
        : Finding.bad(
            "umask",
            "0%o hides new files from others, and Image Builders refuse to work so".formatted(mask),
            "start the farm with umask 022");
  }

  /** The nearest folder that is there. */
  static Path nearest(Path wanted) {
    @Nullable Path place = wanted;
    while (place != null && !Files.isDirectory(place)) {
      place = place.getParent();
    }
    return place == null ? Path.of("/") : place;
  }

  private static long number(String file, Pattern pattern, int radix) {
    try {
      Matcher found = pattern.matcher(Files.readString(Path.of(file)));
      return found.find() ? Long.parseLong(found.group(1), radix) : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
