package dev.wrtfarm.flash.image;

/**
 * What may follow the gzip stream of an image: the blocks that OpenWrt's {@code fwtool} appends
 * (metadata, signature), after padding with zeros. Each block ends in a trailer of 16 bytes: {@code
 * FWx0}, CRC, type, three bytes of padding, and the block's length with the trailer. None of it
 * comes onto the card. Anything else may be a second image, or half of one, and is refused.
 */
final class FirmwareTail {
  /** Far more than any metadata; bounds what is held in memory. */
  static final int LIMIT = 1024 * 1024;

  private static final long MAGIC = 0x46577830L;
  private static final int TRAILER = 16;

  private FirmwareTail() {}

  static void check(byte[] bytes, int from, String name) throws ImageRefused {
    int end = bytes.length;
    while (end - from >= TRAILER && Bytes.be32(bytes, end - TRAILER) == MAGIC) {
      long size = Bytes.be32(bytes, end - 4);
      if (size < TRAILER || size > end - from) {
        throw refused(name, (bytes.length - from) + " bytes of broken metadata");
      }
      end -= (int) size;
    }
    for (int i = from; i < end; i++) {
      if (bytes[i] != 0) {
        boolean gzip = end - i > 1 && Bytes.le16(bytes, i) == 0x8b1f;
        throw refused(
            name,
            gzip
                ? "a second gzip stream"
                : (end - from) + " bytes that are no firmware metadata of OpenWrt");
      }
    }
  }

  static ImageRefused refused(String name, String what) {
    return new ImageRefused(
        name
            + " has "
            + what
            + " behind its gzip stream; fetch it again, or unpack it and flash the .img");
  }
}
