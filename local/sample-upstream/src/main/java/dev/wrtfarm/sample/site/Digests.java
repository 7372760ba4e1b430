package dev.wrtfarm.sample.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** SHA-256 of bytes and of trees. */
final class Digests {
  private Digests() {}

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Over the paths and contents of all files below the folders. */
  static String ofTrees(List<Path> folders) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path folder : folders) {
      for (Path file : files(folder)) {
        text.append(folder.relativize(file)).append(' ').append(sha256(Files.readAllBytes(file)));
        text.append('\n');
      }
    }
    return sha256(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** The {@code sha256sums} of a target's folder: {@code <hex> *<path>}, sorted by path. */
  static String sha256sums(Path folder) throws IOException {
    StringBuilder sums = new StringBuilder();
    for (Path file : files(folder)) {
      String path = folder.relativize(file).toString();
      if (!path.equals("sha256sums")) {
        sums.append(sha256(Files.readAllBytes(file))).append(" *").append(path).append('\n');
      }
    }
    return sums.toString();
  }
}
