package dev.wrtfarm.bench.build;

import dev.wrtfarm.bench.process.BenchFailed;
import dev.wrtfarm.launcher.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The same image made by hand: {@code make manifest} and {@code make image} with the variables that
 * a worker sets. No sandbox, no limits, no proxy; copying the tree is not timed.
 */
final class BareBuild {
  private static final String RECORD = "etc/wrtfarm-build.json";

  private final BareUser user;
  private final BareTree tree;
  private final Path folder;

  /**
   * @param folder belongs to the user
   */
  BareBuild(BareUser user, BareTree tree, Path folder) {
    this.user = user;
    this.tree = tree;
    this.folder = folder;
  }

  record Took(Duration manifest, Duration image) {
    Duration both() {
      return manifest.plus(image);
    }
  }

  Took run(String distinct) throws IOException {
    Path place = tree.copyTo(folder.resolve("tree-" + distinct));
    Path overlay = place.resolveSibling("overlay-" + distinct);
    Path output = place.resolveSibling("output-" + distinct);
    user.run(folder, "mkdir", "-p", overlay.resolve("etc").toString(), output.toString());
    Files.writeString(overlay.resolve(RECORD), "{\"imageId\":\"%s\"}\n".formatted(distinct));
    String profile = "PROFILE=" + SampleRecipes.PROFILE;
    String packages = "PACKAGES=" + String.join(" ", SampleRecipes.PACKAGES);
    Duration manifest = user.run(place, "make", "manifest", profile, packages);
    Duration image =
        user.run(
            place,
            "make",
            "image",
            profile,
            packages,
            "FILES=" + overlay,
            "BIN_DIR=" + output,
            "DISABLED_SERVICES=" + SampleRecipes.service(distinct));
    checkImages(output);
    for (Path each : List.of(place, overlay, output)) {
      FolderTree.delete(each);
    }
    return new Took(manifest, image);
  }

  /** An exit code of 0 does not mean that there is an image. */
  private static void checkImages(Path output) throws IOException {
    try (Stream<Path> files = Files.list(output)) {
      if (files.noneMatch(each -> each.toString().endsWith(".img.gz"))) {
        throw new BenchFailed("make image ended well, but there is no image in " + output);
      }
    }
  }
}
