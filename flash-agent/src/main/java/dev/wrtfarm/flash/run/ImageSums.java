package dev.wrtfarm.flash.run;

import dev.wrtfarm.flash.medium.Medium;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What the card's first blocks must hold: a checksum for each, to find out which one is wrong, and
 * the SHA-256 that decides. Four bytes for each 4 KiB are all that is kept of an image.
 */
final class ImageSums {
  private final int[] checksums;
  private final long digestedBytes;
  private final @Nullable String known;
  private final MessageDigest digest = sha256();
  private final CRC32C crc = new CRC32C();
  private @Nullable String expected;

  /**
   * @param digestedBytes how many bytes from the start the digest is over
   * @param known their digest, when it is known without reading them
   */
  private ImageSums(long blocks, long digestedBytes, @Nullable String known) {
    this.checksums = new int[Math.toIntExact(blocks)];
    this.digestedBytes = digestedBytes;
    this.known = known;
  }

  static ImageSums of(RunRequest request, Layout layout) {
    boolean asInRecord =
        request.options().prefixBytes() == null
            && !layout.config().changesFirst(layout.checkedBytes());
    return new ImageSums(
        layout.imageBlocks(),
        layout.checkedBytes(),
        asInRecord ? request.image().facts().rawSha256() : null);
  }

  /** Takes up the image's next stretch; they come in order. */
  void add(long offset, MemorySegment part) {
    ByteBuffer bytes = part.asByteBuffer();
    int first = (int) (offset / Medium.BLOCK);
    for (int i = 0; i * Medium.BLOCK < bytes.limit(); i++) {
      checksums[first + i] = checksum(crc, bytes, i);
    }
    if (known == null) {
      digest.update(upTo(part, digestedBytes - offset));
    }
  }

  boolean isRight(long number, int checksum) {
    return checksums[(int) number] == checksum;
  }

  /** Once the whole image was taken up. */
  String digest() {
    if (expected == null) {
      expected = known == null ? HexFormat.of().formatHex(digest.digest()) : known;
    }
    return expected;
  }

  static int checksum(CRC32C crc, ByteBuffer chunk, int index) {
    crc.reset();
    chunk.limit((index + 1) * Medium.BLOCK).position(index * Medium.BLOCK);
    crc.update(chunk);
    chunk.limit(chunk.capacity());
    return (int) crc.getValue();
  }

  /** The first bytes of a part, none when the count is negative. */
  static ByteBuffer upTo(MemorySegment part, long count) {
    return part.asSlice(0, Math.clamp(count, 0, part.byteSize())).asByteBuffer();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
