package dev.wrtfarm.testing;

import dev.wrtfarm.launcher.DataInUse;
import dev.wrtfarm.launcher.DataLock;
import dev.wrtfarm.launcher.FolderTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Folders of tests, in the temporary folder. A JVM deletes its own at its end; one that was killed
 * leaves them, without a lock, and the next run sweeps them up.
 */
public final class TestFolders {
  private static final String PREFIX = "wrtfarm-test-";

  /** A fresh folder may not have its lock yet. */
  private static final Duration SETTLED = Duration.ofMinutes(10);

  private TestFolders() {}

  /** Others may enter it: as root, the stack runs as a user of its own. */
  public static Path make() {
    try {
      sweep();
      Path folder = Files.createTempDirectory(PREFIX);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      DataLock.take(folder);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One thread at a time, and what cannot be swept stays: other runs sweep the same folders, and a
   * folder may go, or be made, at any moment.
   */
  private static synchronized void sweep() throws IOException {
    Instant limit = Instant.now().minus(SETTLED);
    List<Path> folders;
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      folders = all.filter(path -> path.getFileName().toString().startsWith(PREFIX)).toList();
    }
    for (Path folder : folders) {
      try {
        if (isOurs(folder) && Files.getLastModifiedTime(folder).toInstant().isBefore(limit)) {
          deleteUnlessInUse(folder);
        }
      } catch (IOException | UncheckedIOException e) {
        System.err.println("wrtfarm tests: " + folder + " stays: " + e);
      }
    }
  }

  /** Single files of tests may have such names, too. */
  private static boolean isOurs(Path folder) {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && Files.isWritable(folder);
  }

  private static void deleteUnlessInUse(Path folder) throws IOException {
    try (DataLock lock = DataLock.take(folder)) {
      FolderTree.delete(folder);
    } catch (DataInUse e) {
      // A test that runs right now.
    }
  }
}
