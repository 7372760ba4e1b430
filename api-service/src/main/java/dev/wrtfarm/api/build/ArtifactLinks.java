package dev.wrtfarm.api.build;

import dev.wrtfarm.api.artifact.Blob;
import dev.wrtfarm.api.artifact.Blobs;
import dev.wrtfarm.api.artifact.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.URI;

/** Where a build's file can be downloaded. */
@ApplicationScoped
public class ArtifactLinks {
  private final Builds builds;
  private final Artifacts artifacts;
  private final Blobs blobs;
  private final ObjectStore store;

  ArtifactLinks(Builds builds, Artifacts artifacts, Blobs blobs, ObjectStore store) {
    this.builds = builds;
    this.artifacts = artifacts;
    this.blobs = blobs;
    this.store = store;
  }

  /** A URL that is good for an hour; making it needs no network. */
  @Transactional
  public URI link(String buildId, String name) {
    Build build =
        builds.findByIdOptional(buildId).orElseThrow(() -> new NoSuchThing("build", buildId));
    Blob blob =
        artifacts
            .named(build, name)
            .map(each -> blobs.findById(each.blobId))
            .orElseThrow(() -> new NoSuchThing("artifact of build " + buildId, name));
    return URI.create(store.getUrl(blob.objectKey(), name));
  }
}
