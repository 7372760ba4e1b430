package dev.wrtfarm.flash.device;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A block device in sysfs: a whole one, or a partition.
 *
 * @param name the kernel's: {@code sdb}, {@code sdb1}
 * @param folder its real one, below {@code /sys/devices}
 */
record Block(String name, Path folder) {
  /** {@code 8:16} */
  String number() {
    return text("dev", "");
  }

  boolean isPartition() {
    return Files.exists(folder.resolve("partition"));
  }

  /** The whole device; itself if it is one. */
  Block disk() {
    Path parent = folder.getParent();
    return isPartition() && parent != null
        ? new Block(parent.getFileName().toString(), parent)
        : this;
  }

  List<Block> partitions() {
    List<Block> found = new ArrayList<>();
    for (String child : list("")) {
      Path inside = folder.resolve(child);
      if (Files.exists(inside.resolve("partition"))) {
        found.add(new Block(child, inside));
      }
    }
    return found;
  }

  /** Of a file in its folder, without the line's end. */
  @Nullable String text(String file) {
    try {
      String text = Files.readString(folder.resolve(file)).strip();
      return text.isEmpty() ? null : text;
    } catch (IOException e) {
      // Not there, or the device just went: either way it says nothing.
      return null;
    }
  }

  String text(String file, String otherwise) {
    String text = text(file);
    return text == null ? otherwise : text;
  }

  long value(String file) {
    try {
      return Long.parseLong(text(file, "0"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Names in a folder of its, sorted: {@code holders}, {@code slaves}. */
  List<String> list(String inside) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.resolve(inside))) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    } catch (IOException e) {
      return List.of();
    }
    Collections.sort(names);
    return names;
  }

  /** As people know it; the kernel writes a slash within a name as an exclamation mark. */
  String node() {
    return "/dev/" + name.replace('!', '/');
  }
}
