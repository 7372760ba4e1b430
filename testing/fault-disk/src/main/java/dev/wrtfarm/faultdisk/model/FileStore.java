package dev.wrtfarm.faultdisk.model;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** In a sparse file, for cards that are too large for memory. */
public final class FileStore implements Store {
  private final FileChannel file;
  private final long size;

  /** Makes the file; it must not be there. */
  public FileStore(Path path, long size) throws IOException {
    this.file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.SPARSE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    this.size = size;
    file.write(ByteBuffer.allocate(1), size - 1);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    for (long at = offset; into.hasRemaining(); ) {
      int bytes = file.read(into, at);
      if (bytes < 0) {
        throw new EOFException("the file of the card ends at " + at);
      }
      at += bytes;
    }
  }

  @Override
  public void write(long offset, ByteBuffer from) throws IOException {
    for (long at = offset; from.hasRemaining(); ) {
      at += file.write(from, at);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
