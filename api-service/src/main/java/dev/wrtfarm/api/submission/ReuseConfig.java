package dev.wrtfarm.api.submission;

import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.common.value.ReleaseId;
import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** For how long an earlier build answers a request. */
@ConfigMapping(prefix = "wrtfarm.reuse")
interface ReuseConfig {
  Duration releaseFreshness();

  Duration snapshotFreshness();

  Duration releaseFailure();

  Duration snapshotFailure();

  default Duration freshness(Recipe recipe) {
    return isSnapshot(recipe) ? snapshotFreshness() : releaseFreshness();
  }

  default Duration failure(Recipe recipe) {
    return isSnapshot(recipe) ? snapshotFailure() : releaseFailure();
  }

  private static boolean isSnapshot(Recipe recipe) {
    return new ReleaseId(recipe.release()).isSnapshot();
  }
}
