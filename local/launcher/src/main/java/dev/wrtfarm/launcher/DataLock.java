package dev.wrtfarm.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a data folder for one process: a lock on its file {@code lock}, which the kernel drops with
 * the process; closing gives it up before. The file holds the owner's process id, only to name it
 * to others.
 */
public final class DataLock implements AutoCloseable {
  /**
   * A channel that nobody refers to is closed by the garbage collector, and the lock goes with it.
   */
  private static final Set<DataLock> HELD = ConcurrentHashMap.newKeySet();

  private final FileChannel channel;

  private DataLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Makes the folder if it is missing, and takes it until {@link #close()} or the process's end.
   *
   * @throws DataInUse when another process has the folder
   */
  public static DataLock take(Path folder) {
    Path file = folder.resolve("lock");
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new DataInUse(folder, Files.readString(file).strip());
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
      DataLock lock = new DataLock(channel);
      HELD.add(lock);
      return lock;
    } catch (IOException e) {
      throw new UncheckedIOException("the lock " + file + " cannot be taken", e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() {
    HELD.remove(this);
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
