package dev.wrtfarm.cli.build;

import dev.wrtfarm.common.rest.BuildView;
import java.nio.file.Path;
import java.util.List;

/** A build whose files lie on this disk, each with the hash that the farm's record names. */
public record SavedBuild(BuildView build, Path folder, List<Path> files) {
  public SavedBuild {
    files = List.copyOf(files);
  }
}
