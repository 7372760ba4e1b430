package dev.wrtfarm.flash.image;

import java.io.IOException;
import java.io.InputStream;

/** The head of a gzip member: nothing in it is of use here, but its length varies. */
final class GzipHeader {
  private static final int DEFLATE = 8;
  private static final int HEAD_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private GzipHeader() {}

  /** Reads byte by byte, so {@code file} has to be buffered. */
  static void skip(InputStream file, String name) throws IOException {
    byte[] head = file.readNBytes(10);
    if (head.length < 10 || head[2] != DEFLATE || (head[3] & RESERVED) != 0) {
      throw new ImageRefused(name + " begins like a gzip file and is none; fetch it again");
    }
    int flags = head[3];
    if ((flags & EXTRA) != 0) {
      byte[] length = file.readNBytes(2);
      file.skipNBytes(length.length < 2 ? 0 : Bytes.le16(length, 0));
    }
    if ((flags & NAME) != 0) {
      skipText(file);
    }
    if ((flags & COMMENT) != 0) {
      skipText(file);
    }
    if ((flags & HEAD_CRC) != 0) {
      file.skipNBytes(2);
    }
  }

  private static void skipText(InputStream file) throws IOException {
    int next = file.read();
    while (next > 0) {
      next = file.read();
    }
  }
}
