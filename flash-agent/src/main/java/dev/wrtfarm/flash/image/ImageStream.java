package dev.wrtfarm.flash.image;

import com.github.luben.zstd.ZstdIOException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZIOException;

/**
 * The raw bytes of an image file. At the end the whole file has been read, both digests are known,
 * and {@link Check} has its say before the reader hears of the end.
 */
final class ImageStream extends InputStream {
  /** Told what was read; throws if it is not what it should be. */
  @FunctionalInterface
  interface Check {
    void read(Found found) throws ImageRefused;
  }

  record Found(String sha256, long size, String rawSha256, long rawSize) {}

  private final String name;
  private final long largest;
  private final Check check;
  private final DigestedInput file;
  private final InputStream packed;
  private final DigestedInput raw;
  private final byte[] one = new byte[1];
  private boolean ended;

  /**
   * @param largest how many raw bytes there may be: a small file can unpack to any size
   */
  ImageStream(Path path, String name, ImageFormat format, long largest, Check check)
      throws IOException {
    this.name = name;
    this.largest = largest;
    this.check = check;
    InputStream opened = Files.newInputStream(path);
    try {
      file = new DigestedInput(opened);
      packed = format == ImageFormat.RAW ? file : new BufferedInputStream(file, 256 * 1024);
      // What is not packed is digested once.
      raw = format == ImageFormat.RAW ? file : new DigestedInput(unpack(format));
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  private InputStream unpack(ImageFormat format) throws IOException {
    try {
      return format.decode(packed, name);
    } catch (XZIOException | ZstdIOException | EOFException e) {
      throw damaged(e);
    }
  }

  @Override
  public int read() throws IOException {
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (ended) {
      return -1;
    }
    int got;
    try {
      got = raw.read(into, offset, length);
    } catch (XZIOException | ZstdIOException | EOFException e) {
      throw damaged(e);
    }
    if (raw.count() > largest) {
      throw new ImageRefused(
          "%s is too large: it holds more than %d bytes, and no more fit".formatted(name, largest));
    }
    if (got < 0) {
      end();
    }
    return got;
  }

  private void end() throws IOException {
    if (packed.read() >= 0) {
      throw new ImageRefused(name + " has more data behind its packed image; fetch it again");
    }
    ended = true;
    String sha256 = file.sha256();
    String rawSha256 = raw == file ? sha256 : raw.sha256();
    check.read(new Found(sha256, file.count(), rawSha256, raw.count()));
  }

  private ImageRefused damaged(IOException cause) {
    ImageRefused refused =
        new ImageRefused(
            cause instanceof MemoryLimitException limit
                ? "%s takes %d MiB of memory to unpack, and there are %d for it: pack it with xz -9 or less"
                    .formatted(name, limit.getMemoryNeeded() / 1024, limit.getMemoryLimit() / 1024)
                : name + " is damaged: " + cause.getMessage() + "; fetch it again");
    refused.initCause(cause);
    return refused;
  }

  @Override
  public void close() throws IOException {
    if (raw == file) {
      file.close();
    } else {
      raw.close();
    }
  }
}
