package dev.wrtfarm.bench.figure;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Where the figures come from.
 *
 * @param load how many processes wanted a core in the minute before the run; much above zero means
 *     that others were at work, and only the ratios say something
 */
public record Machine(int cores, long memoryBytes, String jdk, String system, double load) {

  public static Machine here() {
    var os =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Machine(
        os.getAvailableProcessors(),
        os.getTotalMemorySize(),
        "%s %s".formatted(System.getProperty("java.vendor"), Runtime.version()),
        "%s %s %s".formatted(os.getName(), os.getVersion(), os.getArch()),
        os.getSystemLoadAverage());
  }

  public String line() {
    return String.format(
        Locale.ROOT,
        "%d cores, %.1f GiB memory, JDK %s, %s, load %.2f at the start",
        cores,
        memoryBytes / (double) (1 << 30),
        jdk,
        system,
        load);
  }
}
