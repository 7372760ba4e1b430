package dev.wrtfarm.worker.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A worker never runs as root, but its tests may have to. Then each sandbox starts as {@code
 * nobody}, who first gets the attempt's files.
 */
public final class Rights {
  private static final String HAND_OVER =
      "chown -R nobody: \"$1\"; shift;"
          + " exec setpriv --reuid=nobody --regid=nogroup --clear-groups --inh-caps=-all"
          + " --bounding-set=-all \"$@\"";

  private Rights() {}

  public static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What to put before a sandbox's command line so that it has no more rights than in a worker. */
  public static List<String> launcher(Path scratch) {
    return isRoot()
        ? List.of("/bin/sh", "-c", HAND_OVER, "hand-over", scratch.toString())
        : List.of();
  }

  /** A new folder that {@code nobody} may enter. */
  public static Path openFolder() throws IOException {
    Path dir = Files.createTempDirectory("wrtfarm-worker-test");
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
    return dir;
  }
}
