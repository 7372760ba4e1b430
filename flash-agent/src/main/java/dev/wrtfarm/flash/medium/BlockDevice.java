package dev.wrtfarm.flash.medium;

import dev.wrtfarm.flash.linux.BlockControl;
import dev.wrtfarm.flash.linux.CallFailed;
import dev.wrtfarm.flash.linux.FileStatus;
import dev.wrtfarm.flash.linux.OpenFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A whole block device behind a descriptor that somebody else opened and checked; or, on a test
 * host, a regular file, which does not count what it delivers.
 */
public final class BlockDevice implements Medium {
  private static final int SECTOR = 512;
  private static final int SECTORS_READ = 2;

  private final OpenFile file;
  private final FileStatus status;
  private final long size;

  /** Takes the descriptor over: closing the device closes it. */
  public BlockDevice(OpenFile file) throws CallFailed {
    this.file = file;
    this.status = file.status();
    this.size = status.blockDevice() ? BlockControl.size(file) : status.size();
  }

  /** To ask the kernel more about the same device; not to be closed apart from it. */
  public OpenFile file() {
    return file;
  }

  /** {@code 8:16}; {@code 0:0} for a regular file. */
  public String number() {
    return status.number();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long offset, MemorySegment into) throws MediumFailed {
    transfer("read", offset, into, file::read, "EOF");
  }

  @Override
  public void write(long offset, MemorySegment from) throws MediumFailed {
    transfer("write", offset, from, file::write, "ENOSPC");
  }

  @Override
  public void flush() throws MediumFailed {
    try {
      file.sync();
    } catch (CallFailed e) {
      throw new MediumFailed("flush", -1, e.error());
    }
  }

  @Override
  public OptionalLong delivered() {
    if (!status.blockDevice()) {
      return OptionalLong.empty();
    }
    try {
      String[] counts =
          Files.readString(Path.of("/sys/dev/block", status.number(), "stat")).strip().split(" +");
      return OptionalLong.of(Long.parseLong(counts[SECTORS_READ]) * SECTOR);
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public void close() {
    file.close();
  }

  /** Requests to a disk that was pulled out fail like those to a worn one, but it has no size. */
  private boolean isGone() {
    try {
      return status.blockDevice() && BlockControl.size(file) == 0;
    } catch (CallFailed e) {
      return true;
    }
  }

  private interface Call {
    long transfer(long offset, MemorySegment part) throws CallFailed;
  }

  /** The kernel may do less than it was asked for; a call that does nothing is an error. */
  private void transfer(String operation, long offset, MemorySegment all, Call call, String atEnd)
      throws MediumFailed {
    long done = 0;
    while (done < all.byteSize()) {
      long count;
      try {
        count = call.transfer(offset + done, all.asSlice(done));
      } catch (CallFailed e) {
        throw new MediumFailed(operation, offset + done, isGone() ? "ENODEV" : e.error());
      }
      if (count == 0) {
        throw new MediumFailed(operation, offset + done, atEnd);
      }
      done += count;
    }
  }
}
