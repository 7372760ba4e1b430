package dev.wrtfarm.flash.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * One gzip member and, behind it, what OpenWrt's build appends.
 *
 * <p>The JDK's own stream guesses what follows a member: depending on its version it stops, fails,
 * or takes the tail for more of the image. Here the member ends at its own trailer, whose CRC and
 * length are checked, and {@link FirmwareTail} says whether the rest is what may follow an image.
 */
final class GzipImage extends InputStream {
  private static final int TRAILER = 8;

  private final InputStream file;
  private final String name;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] in = new byte[64 * 1024];
  private final byte[] one = new byte[1];
  private int filled;
  private boolean ended;

  GzipImage(InputStream file, String name) throws IOException {
    this.file = file;
    this.name = name;
    GzipHeader.skip(file, name);
  }

  @Override
  public int read() throws IOException {
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (ended || length == 0) {
      return ended ? -1 : 0;
    }
    try {
      while (true) {
        int made = inflater.inflate(into, offset, length);
        if (made > 0) {
          crc.update(into, offset, made);
          return made;
        }
        if (inflater.finished()) {
          ended = true;
          checkTrailer();
          return -1;
        }
        if (inflater.needsDictionary()) {
          throw damaged("it wants a dictionary");
        }
        fill();
      }
    } catch (DataFormatException e) {
      throw damaged("its data makes no sense");
    }
  }

  private void fill() throws IOException {
    int got = file.read(in);
    if (got < 0) {
      throw damaged("it ends in the middle");
    }
    filled = got;
    inflater.setInput(in, 0, got);
  }

  private void checkTrailer() throws IOException {
    byte[] rest = rest();
    if (rest.length < TRAILER) {
      throw damaged("it ends in the middle of its check sum");
    }
    if (Bytes.le32(rest, 0) != crc.getValue()) {
      throw damaged("its check sum is wrong");
    }
    if (Bytes.le32(rest, 4) != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw damaged("its length is wrong");
    }
    FirmwareTail.check(rest, TRAILER, name);
  }

  /** All that the inflater did not take, to the end of the file. */
  private byte[] rest() throws IOException {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    int left = inflater.getRemaining();
    rest.write(in, filled - left, left);
    for (int got = file.read(in); got >= 0; got = file.read(in)) {
      rest.write(in, 0, got);
      if (rest.size() > FirmwareTail.LIMIT) {
        throw FirmwareTail.refused(name, "more than " + FirmwareTail.LIMIT + " bytes");
      }
    }
    return rest.toByteArray();
  }

  private ImageRefused damaged(String how) {
    return new ImageRefused(name + " is damaged: " + how + "; fetch it again");
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    file.close();
  }
}
