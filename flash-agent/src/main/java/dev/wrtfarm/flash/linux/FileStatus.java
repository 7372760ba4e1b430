package dev.wrtfarm.flash.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;

/**
 * What an open file is, from {@code statx}: its layout is the same on every processor, unlike that
 * of {@code fstat}.
 *
 * @param number of the block or character device, {@code 8:16}; {@code 0:0} for anything else
 */
public record FileStatus(
    boolean blockDevice, boolean regularFile, String number, long inode, long size) {
  static final long BYTES = 256;
  private static final int S_IFMT = 0xF000;
  private static final int S_IFBLK = 0x6000;
  private static final int S_IFREG = 0x8000;

  static FileStatus of(MemorySegment statx) {
    int type = statx.get(JAVA_SHORT, 28) & S_IFMT;
    return new FileStatus(
        type == S_IFBLK,
        type == S_IFREG,
        statx.get(JAVA_INT, 128) + ":" + statx.get(JAVA_INT, 132),
        statx.get(JAVA_LONG, 32),
        statx.get(JAVA_LONG, 40));
  }
}
