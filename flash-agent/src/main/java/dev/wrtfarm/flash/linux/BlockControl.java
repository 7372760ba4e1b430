package dev.wrtfarm.flash.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What the kernel says about an open block device. All of it works with read and write access to
 * the node and no further rights.
 */
public final class BlockControl {
  private static final long BLKROGET = 0x125e;
  private static final long BLKSSZGET = 0x1268;
  private static final long BLKGETSIZE64 = 0x80081272L;
  private static final long BLKGETDISKSEQ = 0x80081280L;

  private BlockControl() {}

  /** In bytes. */
  public static long size(OpenFile file) throws CallFailed {
    return number(file, BLKGETSIZE64);
  }

  /** Of the smallest thing that can be written, in bytes. */
  public static int sectorSize(OpenFile file) throws CallFailed {
    return (int) number(file, BLKSSZGET);
  }

  public static boolean isReadOnly(OpenFile file) throws CallFailed {
    return number(file, BLKROGET) != 0;
  }

  /** New with each attach and each change of the medium; Linux 5.15 and later. */
  public static long diskSequence(OpenFile file) throws CallFailed {
    return number(file, BLKGETDISKSEQ);
  }

  /** The two short requests fill an int and leave the upper half as it was: zero. */
  private static long number(OpenFile file, long request) throws CallFailed {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment into = arena.allocate(JAVA_LONG);
      file.control(request, into);
      return request > 0xFFFF ? into.get(JAVA_LONG, 0) : into.get(JAVA_INT, 0);
    }
  }
}
