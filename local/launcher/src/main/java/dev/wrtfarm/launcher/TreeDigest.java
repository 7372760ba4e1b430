package dev.wrtfarm.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** One name for the names and contents of a file, or of all files below a folder. */
final class TreeDigest {
  private static final int HEX_DIGITS = 24;

  private TreeDigest() {}

  static String of(Path root) throws IOException {
    MessageDigest digest = sha256();
    digest.update(root.getFileName().toString().getBytes(StandardCharsets.UTF_8));
    for (Path file : filesBelow(root)) {
      String head = "\0" + root.relativize(file) + "\0" + Files.size(file) + "\0";
      digest.update(head.getBytes(StandardCharsets.UTF_8));
      add(file, digest);
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, HEX_DIGITS);
  }

  private static List<Path> filesBelow(Path root) throws IOException {
    try (Stream<Path> tree = Files.walk(root)) {
      return tree.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void add(Path file, MessageDigest digest) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
