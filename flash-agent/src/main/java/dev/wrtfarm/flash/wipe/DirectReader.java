package dev.wrtfarm.flash.wipe;

import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.MediumFailed;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Reads any short stretch of a medium, which itself only reads whole blocks. */
final class DirectReader implements AutoCloseable {
  private static final long LARGEST = (1 << 20) + 2 * Medium.BLOCK;

  private final Medium medium;
  private final long end;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment buffer = arena.allocate(LARGEST, Medium.BLOCK);

  DirectReader(Medium medium) {
    this.medium = medium;
    this.end = medium.size() / Medium.BLOCK * Medium.BLOCK;
  }

  /** At most a MiB; fewer bytes than asked for at the medium's end, none behind it. */
  byte[] read(long offset, int bytes) throws MediumFailed {
    if (offset < 0 || offset >= end) {
      return new byte[0];
    }
    long from = offset / Medium.BLOCK * Medium.BLOCK;
    long to = Math.min(end, (offset + bytes + Medium.BLOCK - 1) / Medium.BLOCK * Medium.BLOCK);
    medium.read(from, buffer.asSlice(0, to - from));
    int found = (int) Math.min(bytes, to - offset);
    return buffer.asSlice(offset - from, found).toArray(ValueLayout.JAVA_BYTE);
  }

  @Override
  public void close() {
    arena.close();
  }
}
