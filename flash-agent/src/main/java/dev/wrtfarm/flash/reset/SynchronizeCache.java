package dev.wrtfarm.flash.reset;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.wrtfarm.flash.linux.CallFailed;
import dev.wrtfarm.flash.linux.OpenFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The SCSI command SYNCHRONIZE CACHE (10), sent past the kernel. For a reader that has no page
 * about its cache the kernel believes that there is none, and a flush of the file sends nothing at
 * all.
 */
final class SynchronizeCache {
  private static final long SG_IO = 0x2285;
  private static final int HEADER_BYTES = 88;
  private static final int NO_TRANSFER = -1;
  private static final byte[] COMMAND = {0x35, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  private static final int TIMEOUT_MILLIS = 60_000;

  private SynchronizeCache() {}

  /** What came of it, for the record. */
  static String send(OpenFile file) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment command = arena.allocateFrom(JAVA_BYTE, COMMAND);
      MemorySegment sense = arena.allocate(32);
      MemorySegment header = arena.allocate(HEADER_BYTES, 8);
      // struct sg_io_hdr of a 64-bit kernel
      header.set(JAVA_INT, 0, 'S');
      header.set(JAVA_INT, 4, NO_TRANSFER);
      header.set(JAVA_BYTE, 8, (byte) COMMAND.length);
      header.set(JAVA_BYTE, 9, (byte) sense.byteSize());
      header.set(ADDRESS, 24, command);
      header.set(ADDRESS, 32, sense);
      header.set(JAVA_INT, 40, TIMEOUT_MILLIS);
      file.control(SG_IO, header);
      int status = header.get(JAVA_BYTE, 64) & 0xff;
      int host = header.get(JAVA_SHORT, 68) & 0xffff;
      int driver = header.get(JAVA_SHORT, 70) & 0xffff;
      return status == 0 && host == 0 && driver == 0
          ? "synchronize cache"
          : "synchronize cache: the reader refused it (status %d/%d/%d)"
              .formatted(status, host, driver);
    } catch (CallFailed e) {
      return "synchronize cache: not possible (" + e.error() + ")";
    }
  }
}
