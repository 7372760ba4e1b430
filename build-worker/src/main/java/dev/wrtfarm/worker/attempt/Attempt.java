package dev.wrtfarm.worker.attempt;

import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.worker.log.BuildLog;
import java.nio.file.Path;

/**
 * What every stage gets.
 *
 * @param build the build's id, for the worker's own log
 * @param dir the attempt's own folder; it goes when the attempt ends
 */
public record Attempt(String build, Recipe recipe, Path dir, Progress progress, BuildLog log) {

  /** The private copy of the Image Builder's tree. */
  public Path tree() {
    return dir.resolve("tree");
  }

  /** What {@code make image} makes. */
  public Path output() {
    return dir.resolve("output");
  }

  /** Files that go into the image over those of the packages. */
  public Path overlay() {
    return dir.resolve("overlay");
  }
}
