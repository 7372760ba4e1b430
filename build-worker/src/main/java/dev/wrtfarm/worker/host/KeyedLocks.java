package dev.wrtfarm.worker.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One lock per name, among the threads of this worker and among the workers that share the folder.
 * A file lock alone is no lock between threads of one JVM.
 */
public final class KeyedLocks {
  private final Path dir;
  private final Map<String, ReentrantLock> threads = new ConcurrentHashMap<>();

  public KeyedLocks(Path dir) {
    this.dir = Folders.make(dir);
  }

  /** Held until closed, by the same thread. */
  public static final class Held implements AutoCloseable {
    private final ReentrantLock thread;
    private final FileChannel channel;

    private Held(ReentrantLock thread, FileChannel channel) {
      this.thread = thread;
      this.channel = channel;
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        thread.unlock();
      }
    }
  }

  public Held lock(String name) throws InterruptedException {
    ReentrantLock thread = threadLock(name);
    thread.lockInterruptibly();
    FileChannel channel = null;
    try {
      channel = open(name);
      FileLock lock = channel.lock();
      if (!lock.isValid()) {
        throw new IllegalStateException("a lock that is not valid");
      }
      return new Held(thread, channel);
    } catch (IOException e) {
      closeQuietly(channel);
      thread.unlock();
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw new UncheckedIOException(e);
    }
  }

  public Optional<Held> tryLock(String name) {
    ReentrantLock thread = threadLock(name);
    if (thread.isHeldByCurrentThread() || !thread.tryLock()) {
      return Optional.empty();
    }
    FileChannel channel = null;
    try {
      channel = open(name);
      if (channel.tryLock() != null) {
        return Optional.of(new Held(thread, channel));
      }
    } catch (IOException | OverlappingFileLockException e) {
      // somebody else has it
    }
    closeQuietly(channel);
    thread.unlock();
    return Optional.empty();
  }

  private ReentrantLock threadLock(String name) {
    return threads.computeIfAbsent(name, _ -> new ReentrantLock());
  }

  private FileChannel open(String name) throws IOException {
    return FileChannel.open(
        dir.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // nothing was written to it
      }
    }
  }
}
