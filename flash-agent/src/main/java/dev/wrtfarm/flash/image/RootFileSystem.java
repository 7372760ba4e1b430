package dev.wrtfarm.flash.image;

import java.util.OptionalLong;

/** How long a read-only root file system is, by the first bytes of its partition. */
final class RootFileSystem {
  /** How many bytes of a partition are needed. */
  static final int HEAD = 2048;

  private static final long SQUASHFS = 0x73717368L;
  private static final int EROFS_SUPER = 1024;
  private static final long EROFS = 0xe0f5e1e2L;

  private RootFileSystem() {}

  static OptionalLong bytes(byte[] head) {
    if (head.length < HEAD) {
      return OptionalLong.empty();
    }
    long used = 0;
    if (Bytes.le32(head, 0) == SQUASHFS) {
      used = Bytes.le64(head, 0x28);
    } else if (Bytes.le32(head, EROFS_SUPER) == EROFS) {
      int shift = head[EROFS_SUPER + 12] & 0xff;
      used = shift > 16 ? 0 : Bytes.le32(head, EROFS_SUPER + 36) << shift;
    }
    return used > 0 && used < Long.MAX_VALUE / 4 ? OptionalLong.of(used) : OptionalLong.empty();
  }
}
