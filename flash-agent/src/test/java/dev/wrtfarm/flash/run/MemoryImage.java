package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.ImageFacts;
import dev.wrtfarm.flash.image.ImageInput;
import dev.wrtfarm.flash.image.ImageRefused;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** An image in memory that keeps the promise of its interface. */
record MemoryImage(byte[] bytes, ImageFacts facts) implements ImageInput {

  static MemoryImage of(byte[] bytes, @Nullable Long overlayOffset) {
    String digest = HexFormat.of().formatHex(ImageSums.sha256().digest(bytes));
    return new MemoryImage(
        bytes,
        new ImageFacts(
            "test.img", digest, bytes.length, "raw", digest, bytes.length, overlayOffset, null));
  }

  static MemoryImage random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return of(bytes, null);
  }

  /** Says to be an image of the same size with another content. */
  MemoryImage tampered() {
    byte[] other = bytes.clone();
    other[other.length - 1] ^= 1;
    return new MemoryImage(other, facts);
  }

  @Override
  public InputStream open() {
    DigestInputStream digested =
        new DigestInputStream(new ByteArrayInputStream(bytes), ImageSums.sha256());
    return new FilterInputStream(digested) {
      @Override
      public int read() throws IOException {
        int read = super.read();
        if (read < 0) {
          check();
        }
        return read;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int count = super.read(into, offset, length);
        if (count < 0) {
          check();
        }
        return count;
      }

      private void check() throws ImageRefused {
        byte[] digest = digested.getMessageDigest().digest();
        if (!HexFormat.of().formatHex(digest).equals(facts.rawSha256())) {
          throw new ImageRefused("the image's digest is not the one of the record");
        }
      }
    };
  }
}
