package dev.wrtfarm.flash.lane;

import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.flash.device.DeviceRefused;
import dev.wrtfarm.flash.linux.CallFailed;
import dev.wrtfarm.flash.linux.OpenFile;
import dev.wrtfarm.flash.linux.OpenFlag;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A reader of this host, for one lane alone: whoever started it, with whatever data folder. The
 * device itself is no such lock, for nobody has it open while its reader is reset.
 *
 * <p>It is a {@code flock} on a file for which reading is enough, so that root and the agent's user
 * can share it, and it goes with its process. The file is deleted by whoever holds it; who locks a
 * file that was deleted meanwhile finds that out by its inode, and tries again.
 */
public final class PortLock implements AutoCloseable {
  /** Where Linux keeps locks; everybody may make files there on most systems, but not on all. */
  public static final Path FOLDER = Path.of("/run/lock");

  private static final Set<PosixFilePermission> READABLE =
      PosixFilePermissions.fromString("rw-r--r--");
  private static final int TRIES = 100;

  private final Path file;
  private final OpenFile held;

  private PortLock(Path file, OpenFile held) {
    this.file = file;
    this.held = held;
  }

  /** Why runs with different data folders are not kept apart here; empty when they are. */
  public static Optional<String> missing(Path folder) {
    return Files.isDirectory(folder) && Files.isWritable(folder)
        ? Optional.empty()
        : Optional.of(
            "this user cannot make files in %s, so only runs with the same data folder are kept"
                    .formatted(folder)
                + " apart: use one data folder on this host, or, as root: chmod 1777 "
                + folder);
  }

  /**
   * Takes it until it is closed or the process is gone.
   *
   * @return empty where such a lock cannot be made
   * @throws DeviceRefused when another lane has it
   */
  public static Optional<PortLock> take(Path folder, String port)
      throws DeviceRefused, IOException {
    String name = "wrtfarm-flash-%s.lock".formatted(Sha256.of(port).hex().substring(0, 16));
    Path file = folder.resolve(name);
    for (int i = 0; i < TRIES; i++) {
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        if (missing(folder).isPresent()) {
          return Optional.empty();
        }
        make(file);
      }
      Optional<PortLock> taken = lock(file, port);
      if (taken.isPresent()) {
        return taken;
      }
      pause();
    }
    throw new IOException(file + " cannot be locked: look who made it, and delete it");
  }

  private static void make(Path file) throws IOException {
    try {
      Files.createFile(file);
      // Whatever this process's umask is.
      Files.setPosixFilePermissions(file, READABLE);
    } catch (FileAlreadyExistsException e) {
      // Somebody was faster; the lock tells who has it.
    }
  }

  /** Empty when another try may do better. */
  private static Optional<PortLock> lock(Path file, String port) throws DeviceRefused, IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    OpenFile opened;
    try {
      opened = OpenFile.open(file, OpenFlag.READ_ONLY, OpenFlag.NO_FOLLOW);
    } catch (CallFailed e) {
      // It was deleted just now, or cannot be read yet.
      return Optional.empty();
    }
    boolean taken = false;
    try {
      if (!opened.lock()) {
        throw new DeviceRefused(
            RefusalReason.IN_USE,
            "another run of this host is at work at %s, perhaps with another data folder: wait for"
                    .formatted(port)
                + " its end ('fuser %s' as root shows its process)".formatted(file));
      }
      taken = isStillAt(file, opened);
      return taken ? Optional.of(new PortLock(file, opened)) : Optional.empty();
    } finally {
      if (!taken) {
        opened.close();
      }
    }
  }

  private static boolean isStillAt(Path file, OpenFile opened) throws IOException {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS)
            .equals(opened.status().inode());
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a lock", e);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Another user's: it stays, and is free.
    } finally {
      held.close();
    }
  }
}
