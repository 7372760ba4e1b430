package dev.wrtfarm.worker.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * This process's own folder for attempts. It holds a lock as long as the process lives, so that the
 * next worker can tell what a killed one has left, and remove it.
 */
public final class Scratch {
  private static final Logger LOG = Logger.getLogger(Scratch.class);
  private static final String LOCK = "lock";

  private final Path dir;

  // Held open until the process ends.
  @SuppressWarnings({"unused", "FieldCanBeLocal"})
  private final FileChannel lock;

  private Scratch(Path dir, FileChannel lock) {
    this.dir = dir;
    this.lock = lock;
  }

  public static Scratch open(Path all) {
    try {
      Folders.make(all);
      removeAbandoned(all);
      // What builds read and write is nobody else's business.
      Files.setPosixFilePermissions(all, PosixFilePermissions.fromString("rwx------"));
      Path dir = Folders.make(all.resolve(UUID.randomUUID().toString()));
      FileChannel lock =
          FileChannel.open(dir.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock.tryLock() == null) {
        throw new IllegalStateException("somebody locked the new folder " + dir);
      }
      return new Scratch(dir, lock);
    } catch (IOException e) {
      throw new UncheckedIOException("the data folder " + all + " cannot be used", e);
    }
  }

  public Path dir() {
    return dir;
  }

  private static void removeAbandoned(Path all) throws IOException {
    List<Path> others;
    try (Stream<Path> found = Files.list(all)) {
      others = found.toList();
    }
    for (Path other : others) {
      Path file = other.resolve(LOCK);
      if (!Files.exists(file)) {
        continue; // just being made
      }
      boolean abandoned;
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        abandoned = channel.tryLock() != null;
      }
      if (abandoned) {
        remove(other);
      }
    }
  }

  /** What cannot be removed costs room, but must not keep the worker from starting. */
  private static void remove(Path abandoned) {
    try {
      Folders.delete(abandoned);
    } catch (UncheckedIOException e) {
      LOG.warnf("%s of a worker that was killed is left behind: %s", abandoned, e.getMessage());
    }
  }
}
