package dev.wrtfarm.flash.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock among processes that the kernel lets go when its holder is gone, by whatever death. A
 * process that hangs in the kernel is not gone.
 */
public final class ProcessLock implements AutoCloseable {
  private static final long BETWEEN_TRIES_MILLIS = 5;

  /** A channel that nobody can reach any more is closed, and its locks go with it. */
  private static final Set<ProcessLock> KEPT = ConcurrentHashMap.newKeySet();

  private final FileChannel channel;

  private ProcessLock(FileChannel channel) {
    this.channel = channel;
  }

  public static ProcessLock on(Path file) throws IOException {
    return new ProcessLock(
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
  }

  /**
   * Whether another process has the lock of a file. Never makes the file: whoever deletes it with
   * its folder meanwhile would find the folder full again.
   */
  public static boolean isHeld(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        ProcessLock lock = new ProcessLock(channel)) {
      Optional<FileLock> held = lock.tryHold();
      return held.isEmpty();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Waits for it. */
  FileLock hold() throws IOException {
    while (true) {
      try {
        return channel.lock();
      } catch (OverlappingFileLockException e) {
        // Held by another thread of this process, for which the kernel's lock does not count.
        pause();
      }
    }
  }

  /** Empty when another process has it. */
  public Optional<FileLock> tryHold() throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    }
  }

  /**
   * Takes the lock of a file until this process is gone.
   *
   * @return false when another process has it
   */
  public static boolean keep(Path file) throws IOException {
    ProcessLock lock = on(file);
    if (lock.tryHold().isEmpty()) {
      lock.close();
      return false;
    }
    KEPT.add(lock);
    return true;
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(BETWEEN_TRIES_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a lock", e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
