package dev.wrtfarm.flash.run;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.flash.image.ImageInput;
import dev.wrtfarm.flash.medium.Medium;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Streams what the card's first blocks are to hold: the image, filled up to whole blocks, with the
 * configuration archive laid over it.
 */
final class ImageReader implements AutoCloseable {
  private final InputStream image;
  private final long size;
  private final ConfigPatch config;
  // small enough to stay in the processor's cache on its way
  private final byte[] piece = new byte[128 << 10];
  private long offset;

  ImageReader(ImageInput image, ConfigPatch config) throws RunStopped {
    this.size = image.facts().rawSize();
    this.config = config;
    try {
      this.image = image.open();
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /** Where the next part begins. */
  long offset() {
    return offset;
  }

  /**
   * @return the part of the buffer that was filled; null behind the end, when the image has turned
   *     out to be what it should
   */
  @Nullable MemorySegment next(MemorySegment buffer) throws RunStopped {
    try {
      int filled = 0;
      long wanted = Math.min(buffer.byteSize(), size - offset);
      while (filled < wanted) {
        int count = image.read(piece, 0, (int) Math.min(piece.length, wanted - filled));
        if (count < 0) {
          throw new IOException("the image ends at " + (offset + filled) + " of " + size);
        }
        MemorySegment.copy(piece, 0, buffer, JAVA_BYTE, filled, count);
        filled += count;
      }
      if (filled == 0) {
        // only the read that returns the end has checked the digest
        if (image.read() >= 0) {
          throw new IOException("the image is longer than " + size + " bytes");
        }
        return null;
      }
      MemorySegment part = buffer.asSlice(0, Layout.wholeBlocks(filled) * Medium.BLOCK);
      part.asSlice(filled).fill((byte) 0);
      config.apply(offset, part);
      offset += filled;
      return part;
    } catch (IOException e) {
      throw refused(e);
    }
  }

  @Override
  public void close() {
    try {
      image.close();
    } catch (IOException e) {
      // it was only read
      System.getLogger(ImageReader.class.getName()).log(System.Logger.Level.DEBUG, e.getMessage());
    }
  }

  private static RunStopped refused(IOException e) {
    return new RunStopped(
        Verdict.IMAGE_REFUSED, Verdict.IMAGE_REFUSED.meaning() + " (" + e.getMessage() + ")");
  }
}
