package dev.wrtfarm.flash.image;

/** Unsigned numbers out of bytes, in the order that the formats on a disk have them. */
final class Bytes {
  private Bytes() {}

  static int le16(byte[] bytes, int at) {
    return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8;
  }

  static long le32(byte[] bytes, int at) {
    return le16(bytes, at) | (long) le16(bytes, at + 2) << 16;
  }

  /** Negative for numbers that no disk reaches; callers have to bear it. */
  static long le64(byte[] bytes, int at) {
    return le32(bytes, at) | le32(bytes, at + 4) << 32;
  }

  static long be32(byte[] bytes, int at) {
    return (long) (bytes[at] & 0xff) << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | bytes[at + 3] & 0xff;
  }
}
