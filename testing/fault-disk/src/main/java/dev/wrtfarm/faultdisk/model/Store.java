package dev.wrtfarm.faultdisk.model;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the medium's bytes are. Bytes that were never written are zeros. */
public interface Store extends AutoCloseable {
  long size();

  /** Fills the buffer. */
  void read(long offset, ByteBuffer into) throws IOException;

  /** Takes the whole buffer. */
  void write(long offset, ByteBuffer from) throws IOException;

  @Override
  void close() throws IOException;
}
