package dev.wrtfarm.flash.medium;

import java.lang.foreign.MemorySegment;
import java.util.OptionalLong;

/**
 * What is written to: a whole block device, or in a test something that behaves like one. All of it
 * is direct: nothing is kept in the host's memory between a write and a read. Offsets and lengths
 * are multiples of {@link #BLOCK}, and segments are aligned to it; only a request that ends with
 * the device may be shorter, as devices end with a sector and not always with a block.
 */
public interface Medium extends AutoCloseable {
  int BLOCK = 4096;

  /** In bytes, as the device claims. */
  long size();

  /** Fills the whole segment. */
  void read(long offset, MemorySegment into) throws MediumFailed;

  /** Writes the whole segment. */
  void write(long offset, MemorySegment from) throws MediumFailed;

  /** As far as the host can make the device keep what was written. */
  void flush() throws MediumFailed;

  /**
   * How many bytes the device itself has delivered since it was attached; empty when it does not
   * count. Reads that do not raise it came from somewhere else.
   */
  OptionalLong delivered();

  @Override
  void close();
}
