package dev.wrtfarm.api.build;

import dev.wrtfarm.api.artifact.Downloads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.URI;

/** Where a build's file can be downloaded. */
@ApplicationScoped
public class ArtifactLinks {
  private final Builds builds;
  private final Artifacts artifacts;
  private final LastUse lastUse;
  private final Downloads downloads;

  ArtifactLinks(Builds builds, Artifacts artifacts, LastUse lastUse, Downloads downloads) {
    this.builds = builds;
    this.artifacts = artifacts;
    this.lastUse = lastUse;
    this.downloads = downloads;
  }

  /** A URL that is good for a while; making it needs no network. */
  @Transactional
  public URI link(String buildId, String name) {
    Build build =
        builds.findByIdOptional(buildId).orElseThrow(() -> new NoSuchThing("build", buildId));
    Artifact artifact =
        artifacts
            .named(build, name)
            .orElseThrow(() -> new NoSuchThing("artifact of build " + buildId, name));
    lastUse.note(build);
    return downloads.url(artifact.blobId, name).orElseThrow(() -> new Expired(buildId, name));
  }
}
