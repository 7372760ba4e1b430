package dev.wrtfarm.worker.prepare;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads {@code etc/banner} of the root file system that {@code make manifest} left in the tree.
 * Package scripts could write there, so no symbolic link is followed on the way. Nobody races: the
 * sandbox has ended, and all of its processes with it.
 */
public final class Banner {
  private static final int LONGEST = 16 << 10;

  private Banner() {}

  public static Optional<String> read(Path tree) {
    try {
      for (Path target : below(tree.resolve("build_dir"), "target-")) {
        for (Path root : below(target, "root-")) {
          Path banner = root.resolve("etc").resolve("banner");
          if (Files.isDirectory(root.resolve("etc"), NOFOLLOW_LINKS)
              && Files.isRegularFile(banner, NOFOLLOW_LINKS)) {
            return Optional.of(text(banner));
          }
        }
      }
    } catch (IOException e) {
      return Optional.empty(); // an image without the line is better than none
    }
    return Optional.empty();
  }

  private static List<Path> below(Path dir, String prefix) throws IOException {
    if (!Files.isDirectory(dir, NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(dir)) {
      return all.filter(each -> String.valueOf(each.getFileName()).startsWith(prefix))
          .filter(each -> Files.isDirectory(each, NOFOLLOW_LINKS))
          .sorted()
          .toList();
    }
  }

  private static String text(Path banner) throws IOException {
    try (InputStream in = Files.newInputStream(banner, NOFOLLOW_LINKS)) {
      return new String(in.readNBytes(LONGEST), StandardCharsets.ISO_8859_1);
    }
  }
}
