package dev.wrtfarm.cli.farm;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Reading and writing files past the page cache: not every file system can, and a card has to. */
public final class DirectAccess {
  private DirectAccess() {}

  /** Whether a file that can be opened can be opened so, too; false when it cannot be at all. */
  static boolean isPossible(Path file) {
    return opens(file) && opens(file, ExtendedOpenOption.DIRECT);
  }

  /** Whether files in this folder can be opened so. Makes one for a moment. */
  public static boolean isPossibleIn(Path folder) {
    try {
      Path probe = Files.createTempFile(folder, ".direct-", null);
      try {
        return isPossible(probe);
      } finally {
        Files.deleteIfExists(probe);
      }
    } catch (IOException e) {
      return false;
    }
  }

  /** Why a folder takes no new file at all, such as a full disk; empty when it takes one. */
  public static Optional<String> noFileIn(Path folder) {
    try {
      Files.delete(Files.createTempFile(folder, ".direct-", null));
      return Optional.empty();
    } catch (FileSystemException e) {
      return Optional.of(e.getReason() == null ? e.toString() : e.getReason());
    } catch (IOException e) {
      return Optional.of(e.toString());
    }
  }

  private static boolean opens(Path file, OpenOption... more) {
    OpenOption[] all = new OpenOption[more.length + 1];
    all[0] = StandardOpenOption.READ;
    System.arraycopy(more, 0, all, 1, more.length);
    try (FileChannel opened = FileChannel.open(file, all)) {
      return opened.isOpen();
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
