package dev.wrtfarm.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Copies of programs that every user can read. A checkout may lie in root's home, where the users
 * whom root's programs become cannot look. A copy's folder is named by the digest of what is in it,
 * so equal builds share one, and a running program's files never change under it.
 */
public final class InstalledPrograms {
  private static final Duration UNUSED = Duration.ofDays(3);

  private final Path folder;

  public InstalledPrograms(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  /** Where root's farms and tests keep them. */
  public static InstalledPrograms ofThisMachine() {
    return new InstalledPrograms(Path.of("/var/lib/wrtfarm/app"));
  }

  /**
   * The copy of a file or of a folder with all below it, made if it is not there yet; it keeps the
   * last part of its name.
   */
  public Path install(Path source) {
    try {
      Path from = source.toRealPath();
      makePublic(folder);
      Path place = folder.resolve(TreeDigest.of(from));
      Path copy = place.resolve(from.getFileName().toString());
      if (!Files.exists(place)) {
        copyAside(from, place);
      }
      Files.setLastModifiedTime(place, FileTime.from(Instant.now()));
      removeUnused();
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s cannot be copied to %s for the farm's users".formatted(source, folder), e);
    }
  }

  private void copyAside(Path from, Path place) throws IOException {
    Path unfinished = Files.createTempDirectory(folder, "unfinished-");
    try {
      Files.setPosixFilePermissions(unfinished, FolderModes.PUBLIC);
      copyTree(from, unfinished.resolve(from.getFileName().toString()));
      Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      FolderTree.delete(unfinished);
      if (!Files.exists(place)) {
        throw e;
      }
      // Somebody else made the same copy meanwhile.
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path each : (Iterable<Path>) tree::iterator) {
        copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    if (Files.isSymbolicLink(from)) {
      Files.createSymbolicLink(to, Files.readSymbolicLink(from));
    } else if (Files.isDirectory(from)) {
      Files.createDirectories(to);
      Files.setPosixFilePermissions(to, FolderModes.PUBLIC);
    } else {
      Files.copy(from, to);
      Files.setPosixFilePermissions(
          to, Files.isExecutable(from) ? FolderModes.PUBLIC : FolderModes.PUBLIC_FILE);
    }
  }

  private void removeUnused() throws IOException {
    Instant limit = Instant.now().minus(UNUSED);
    List<Path> copies;
    try (Stream<Path> all = Files.list(folder)) {
      copies = all.toList();
    }
    for (Path each : copies) {
      if (isOlder(each, limit) && !runs(each)) {
        FolderTree.delete(each);
      }
    }
  }

  /** What is gone is not: somebody else may just have finished a copy, or removed one. */
  private static boolean isOlder(Path copy, Instant limit) throws IOException {
    try {
      return Files.getLastModifiedTime(copy).toInstant().isBefore(limit);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** A farm may be up for longer than that. */
  private static boolean runs(Path copy) {
    String inside = copy + "/";
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .anyMatch(command -> command.contains(inside));
  }

  /** What we make, others must be able to enter; folders that were there keep their modes. */
  private static void makePublic(Path folder) throws IOException {
    Path above = folder.getParent();
    if (above != null && !Files.exists(above)) {
      makePublic(above);
    }
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, FolderModes.PUBLIC);
  }
}
