package dev.wrtfarm.flash.fault;

import dev.wrtfarm.common.flash.ImageFacts;
import dev.wrtfarm.flash.image.ImageInput;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/**
 * Random bytes with a hole: old data in the hole's place has to be overwritten like any other. The
 * length is no multiple of a block, as that of real images.
 */
record TestImage(byte[] bytes) implements ImageInput {
  static final int BYTES = (12 << 20) - 1536;
  private static final int HOLE = 5 << 20;

  static TestImage of(long seed) {
    byte[] bytes = new byte[BYTES];
    new Random(seed).nextBytes(bytes);
    Arrays.fill(bytes, HOLE, HOLE + (1 << 20), (byte) 0);
    return new TestImage(bytes);
  }

  @Override
  public ImageFacts facts() {
    String digest = digest(bytes);
    return new ImageFacts(
        "test.img", digest, bytes.length, "raw", digest, bytes.length, null, null);
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(bytes);
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
