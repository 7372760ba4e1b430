package dev.wrtfarm.sample.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The programs that make the sample, and the Debian packages that have them. */
final class HostTools {
  private static final Map<String, String> PACKAGES =
      new TreeMap<>(
          Map.of(
              "make", "make",
              "gawk", "gawk",
              "python3", "python3",
              "wget", "wget",
              "zstd", "zstd",
              "mksquashfs", "squashfs-tools",
              "mkfs.fat", "dosfstools",
              "mcopy", "mtools",
              "sfdisk", "fdisk",
              "debugfs", "e2fsprogs"));

  private HostTools() {}

  static void require() throws IOException {
    List<String> missing =
        PACKAGES.entrySet().stream()
            .filter(tool -> !isThere(tool.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    if (!missing.isEmpty()) {
      throw new IOException(
          "The sample upstream cannot be made on this host; please: apt-get install "
              + String.join(" ", missing)
              + " (or build without it: -Dsample.site.skip=true)");
    }
  }

  private static boolean isThere(String tool) {
    return List.of(HostCommand.SEARCH_PATH.split(":")).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }
}
