package dev.wrtfarm.worker.prepare;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wrtfarm.common.recipe.CanonicalJson;
import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.worker.attempt.Attempt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the farm adds to an image: which image it is. Nothing that differs between two builds of the
 * same image may go in, such as a time, a worker or a build number.
 */
public final class Overlay {
  // Any fixed time will do; without one the file times of two builds would differ.
  private static final FileTime MODIFIED = FileTime.from(Instant.ofEpochSecond(1_700_000_000));

  private Overlay() {}

  /**
   * Writes the attempt's overlay.
   *
   * @param banner what the packages bring as {@code etc/banner}
   */
  public static void write(Attempt attempt, String imageId, Optional<String> banner) {
    try {
      Path etc = attempt.overlay().resolve("etc");
      Files.createDirectories(etc);
      file(etc.resolve("wrtfarm-build.json"), record(attempt.recipe(), imageId));
      if (banner.isPresent()) {
        String text = banner.get();
        String end = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
        file(etc.resolve("banner"), text + end + " wrtfarm image " + imageId + "\n");
      }
      for (Path dir : new Path[] {etc, attempt.overlay()}) {
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setLastModifiedTime(dir, MODIFIED);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String record(Recipe recipe, String imageId) {
    return CanonicalJson.write(
            Map.of(
                "imageId", imageId,
                "recipe", recipe.digest().hex(),
                "release", recipe.release(),
                "target", recipe.target(),
                "profile", recipe.profile()))
        + "\n";
  }

  private static void file(Path file, String text) throws IOException {
    Files.write(file, text.getBytes(ISO_8859_1));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setLastModifiedTime(file, MODIFIED);
  }
}
