package dev.wrtfarm.api.log;

import dev.wrtfarm.api.artifact.ObjectStore;
import dev.wrtfarm.api.build.Artifacts;
import dev.wrtfarm.api.build.Builds;
import dev.wrtfarm.api.build.NoSuchThing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** Opens builds' logs. */
@ApplicationScoped
public class BuildLogs {
  private final Builds builds;
  private final LogChunks rows;
  private final Artifacts artifacts;
  private final ObjectStore store;

  BuildLogs(Builds builds, LogChunks rows, Artifacts artifacts, ObjectStore store) {
    this.builds = builds;
    this.rows = rows;
    this.artifacts = artifacts;
    this.store = store;
  }

  @Transactional
  public BuildLog open(String build) {
    if (builds.findByIdOptional(build).isEmpty()) {
      throw new NoSuchThing("build", build);
    }
    return new BuildLog(build, builds, rows, artifacts, store);
  }
}
