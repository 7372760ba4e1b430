package dev.wrtfarm.common.value;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 digest as 64 lower-case hexadecimal digits. */
public record Sha256(String hex) implements Comparable<Sha256> {
  private static final Format FORMAT =
      new Format("sha256", "[0-9a-f]{64}", "give 64 lower-case hexadecimal digits");
  private static final int BUFFER = 1 << 16;

  public Sha256 {
    FORMAT.check(hex);
  }

  public static Sha256 of(byte[] bytes) {
    return finish(newDigest(), bytes);
  }

  public static Sha256 of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads the whole file. */
  public static Sha256 of(Path file) {
    MessageDigest digest = newDigest();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return of(digest);
  }

  /** The result of a digest that was fed elsewhere; resets it. */
  public static Sha256 of(MessageDigest fed) {
    return new Sha256(HexFormat.of().formatHex(fed.digest()));
  }

  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static Sha256 finish(MessageDigest digest, byte[] bytes) {
    digest.update(bytes);
    return of(digest);
  }

  @Override
  public int compareTo(Sha256 other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
