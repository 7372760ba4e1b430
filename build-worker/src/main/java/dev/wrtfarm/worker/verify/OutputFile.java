package dev.wrtfarm.worker.verify;

import dev.wrtfarm.common.build.ArtifactKind;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that the build made.
 *
 * @param type and filesystem: of an image, as {@code profiles.json} calls them
 */
public record OutputFile(
    Path path, ArtifactKind kind, @Nullable String type, @Nullable String filesystem) {
  public String name() {
    return String.valueOf(path.getFileName());
  }
}
