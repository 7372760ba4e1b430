package dev.wrtfarm.flash.device;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A host's /sys, /proc and /dev out of a text file: {@code PATH = LINE} (one more line of a file),
 * {@code PATH -> TARGET} (a link). What the kernel would link to each block device's folder is
 * linked here too.
 */
final class RecordedHost {
  private RecordedHost() {}

  static HostRoots unpack(String name, Path folder) throws IOException {
    try (InputStream in = RecordedHost.class.getResourceAsStream("/hosts/" + name + ".txt")) {
      String text =
          new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        if (line.startsWith("/")) {
          put(folder, line);
        }
      }
    }
    link(folder.resolve("sys"));
    return new HostRoots(folder.resolve("sys"), folder.resolve("proc"), folder.resolve("dev"));
  }

  private static void put(Path folder, String line) throws IOException {
    int arrow = line.indexOf(" -> ");
    int equals = line.indexOf(" =");
    boolean link = arrow > 0;
    Path path = folder.resolve(line.substring(1, link ? arrow : equals));
    if (line.charAt((link ? arrow : equals) - 1) == '/') {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    if (link) {
      Files.createSymbolicLink(path, Path.of(line.substring(arrow + 4)));
    } else {
      String content = line.substring(equals + 2);
      Files.writeString(
          path,
          content.isBlank() ? "" : content.substring(1) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  private static void link(Path sys) throws IOException {
    for (String made : List.of("block", "class/block", "dev/block")) {
      Files.createDirectories(sys.resolve(made));
    }
    List<Path> numbers;
    try (Stream<Path> all = Files.walk(sys.resolve("devices"))) {
      numbers = all.filter(path -> path.endsWith("dev")).toList();
    }
    for (Path number : numbers) {
      Path device = Objects.requireNonNull(number.getParent());
      String name = device.getFileName().toString();
      Files.createSymbolicLink(sys.resolve("class/block").resolve(name), device);
      Files.createSymbolicLink(
          sys.resolve("dev/block").resolve(Files.readString(number).strip()), device);
      if (!Files.exists(device.resolve("partition"))) {
        Files.createSymbolicLink(sys.resolve("block").resolve(name), device);
      }
    }
  }
}
