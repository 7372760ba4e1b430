package dev.wrtfarm.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * One name for the names and contents of a file, or of all files below a folder. Contents enter as
 * checksums: a hundred megabytes of jars are read at every start, and the JDK computes CRC-32C at
 * memory speed even in a short-lived process. It tells builds apart; it is no guard against an
 * attacker, who could write to the folder anyway.
 */
final class TreeDigest {
  private static final int HEX_DIGITS = 24;

  private TreeDigest() {}

  static String of(Path root) throws IOException {
    MessageDigest digest = sha256();
    digest.update(root.getFileName().toString().getBytes(StandardCharsets.UTF_8));
    for (Path file : filesBelow(root)) {
      String entry = "\0" + root.relativize(file) + "\0" + contentOf(file);
      digest.update(entry.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, HEX_DIGITS);
  }

  private static List<Path> filesBelow(Path root) throws IOException {
    try (Stream<Path> tree = Files.walk(root)) {
      return tree.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .toList();
    }
  }

  private static String contentOf(Path file) throws IOException {
    return Files.isSymbolicLink(file)
        ? "-> " + Files.readSymbolicLink(file)
        : Files.size(file) + " " + checksum(file);
  }

  private static long checksum(Path file) throws IOException {
    CRC32C checksum = new CRC32C();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        checksum.update(buffer, 0, n);
      }
    }
    return checksum.getValue();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
