package dev.wrtfarm.flash.device;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds the processes that have a disk open, as far as this process may see others. */
final class OpenedBy {
  private final HostRoots roots;
  private final Blocks blocks;

  OpenedBy(HostRoots roots, Blocks blocks) {
    this.roots = roots;
    this.blocks = blocks;
  }

  /**
   * @param writes whether it could write through this descriptor
   */
  record Opener(String process, String name, String path, boolean writes) {
    @Override
    public String toString() {
      return "process %s (%s) has %s open%s"
          .formatted(process, name, path, writes ? " for writing" : "");
    }
  }

  /** Others than this process; those that write come first. */
  List<Opener> of(Block disk) {
    Set<String> numbers = new TreeSet<>(Set.of(disk.number()));
    disk.partitions().forEach(part -> numbers.add(part.number()));
    return find(path ->
        path.startsWith("/dev/")
            && blocks.at(path).filter(b -> numbers.contains(b.number())).isPresent());
  }

  List<Opener> of(Path file) {
    return find(file.toString()::equals);
  }

  private interface Wanted {
    boolean is(String path);
  }

  private List<Opener> find(Wanted wanted) {
    String self = Long.toString(ProcessHandle.current().pid());
    List<Opener> found = new ArrayList<>();
    for (Path process : list(roots.proc())) {
      String id = process.getFileName().toString();
      if (!id.matches("\\d+") || id.equals(self)) {
        continue;
      }
      for (Path descriptor : list(process.resolve("fd"))) {
        try {
          String path = Files.readSymbolicLink(descriptor).toString();
          if (wanted.is(path)) {
            String number = descriptor.getFileName().toString();
            boolean writes = writes(process.resolve("fdinfo").resolve(number));
            found.add(new Opener(id, name(process), path, writes));
          }
        } catch (IOException e) {
          // It was closed meanwhile.
          continue;
        }
      }
    }
    found.sort((a, b) -> Boolean.compare(b.writes(), a.writes()));
    return found;
  }

  private static boolean writes(Path info) throws IOException {
    for (String line : Files.readAllLines(info)) {
      if (line.startsWith("flags:")) {
        return (Long.parseLong(line.substring(6).strip(), 8) & 3) != 0;
      }
    }
    return false;
  }

  private static String name(Path process) {
    try {
      return Files.readString(process.resolve("comm")).strip();
    } catch (IOException e) {
      return "?";
    }
  }

  /** Nothing for what may not be listed: another user's process. */
  private static List<Path> list(Path folder) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(found::add);
    } catch (IOException | DirectoryIteratorException e) {
      return List.of();
    }
    Collections.sort(found);
    return found;
  }
}
