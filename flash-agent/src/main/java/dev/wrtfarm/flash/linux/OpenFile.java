package dev.wrtfarm.flash.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** A file descriptor. One read or write is one call of the kernel and may be short. */
public final class OpenFile implements AutoCloseable {
  private static final int LOCK_EXCLUSIVE_NOW = 2 | 4;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int STATX_BASIC = 0x7ff;

  private final int descriptor;
  private final String name;
  private final AtomicBoolean closed = new AtomicBoolean();

  private OpenFile(int descriptor, String name) {
    this.descriptor = descriptor;
    this.name = name;
  }

  /** Opens a file that exists; none is ever created. */
  public static OpenFile open(Path path, OpenFlag... flags) throws CallFailed {
    int bits = OpenFlag.CLOSE_ON_EXEC;
    for (OpenFlag flag : flags) {
      bits |= flag.bits();
    }
    int all = bits;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(path.toString());
      long descriptor =
          Libc.call(
              "open", path.toString(), state -> (int) Libc.OPEN.invokeExact(state, text, all, 0));
      return new OpenFile((int) descriptor, path.toString());
    }
  }

  /** As it was opened; for messages. */
  public String name() {
    return name;
  }

  /** After it is closed, the kernel may give the same number to another file. */
  public int descriptor() throws CallFailed {
    if (closed.get()) {
      throw new CallFailed("use", name, Errno.EBADF);
    }
    return descriptor;
  }

  /** How many bytes were read; 0 at the end. */
  public long read(long offset, MemorySegment into) throws CallFailed {
    return Libc.call(
        "read",
        name,
        state -> (long) Libc.PREAD.invokeExact(state, descriptor(), into, into.byteSize(), offset));
  }

  /** How many bytes were written. */
  public long write(long offset, MemorySegment from) throws CallFailed {
    return Libc.call(
        "write",
        name,
        state ->
            (long) Libc.PWRITE.invokeExact(state, descriptor(), from, from.byteSize(), offset));
  }

  public void sync() throws CallFailed {
    Libc.call("fsync", name, state -> (int) Libc.FSYNC.invokeExact(state, descriptor()));
  }

  /** The request's own answer; what it reads or writes besides is in {@code argument}. */
  public int control(long request, MemorySegment argument) throws CallFailed {
    return (int)
        Libc.call(
            "ioctl",
            name,
            state -> (int) Libc.IOCTL.invokeExact(state, descriptor(), request, argument));
  }

  /**
   * Takes the lock that udev respects on whole disks ({@code flock}, which is not what Java's file
   * locks are).
   *
   * @return false when somebody else has it
   */
  public boolean lock() throws CallFailed {
    try {
      Libc.call(
          "flock",
          name,
          state -> (int) Libc.FLOCK.invokeExact(state, descriptor(), LOCK_EXCLUSIVE_NOW));
      return true;
    } catch (CallFailed e) {
      if (e.error().equals(Errno.name(Errno.EWOULDBLOCK))) {
        return false;
      }
      throw e;
    }
  }

  public FileStatus status() throws CallFailed {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment into = arena.allocate(FileStatus.BYTES, 8);
      MemorySegment empty = arena.allocateFrom("");
      Libc.call(
          "statx",
          name,
          state ->
              (int)
                  Libc.STATX.invokeExact(
                      state, descriptor(), empty, AT_EMPTY_PATH, STATX_BASIC, into));
      return FileStatus.of(into);
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        Libc.call("close", name, state -> (int) Libc.CLOSE.invokeExact(state, descriptor));
      } catch (IOException e) {
        // the descriptor is gone in any case, and everything that counts was flushed before
        System.getLogger(OpenFile.class.getName()).log(System.Logger.Level.DEBUG, e.getMessage());
      }
    }
  }
}
