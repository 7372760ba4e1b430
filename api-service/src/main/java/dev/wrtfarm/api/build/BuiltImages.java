package dev.wrtfarm.api.build;

import dev.wrtfarm.api.artifact.Blobs;
import dev.wrtfarm.common.build.ArtifactKind;
import dev.wrtfarm.common.value.InvalidValue;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Images of builds, for whoever wants to put one onto a card. */
@ApplicationScoped
public class BuiltImages {
  /**
   * An image that is in the store.
   *
   * @param imageId written into the image
   */
  public record BuiltImage(
      String build, String blob, String name, String sha256, long size, @Nullable String imageId) {}

  private final Builds builds;
  private final Artifacts artifacts;
  private final Blobs blobs;
  private final LastUse lastUse;

  BuiltImages(Builds builds, Artifacts artifacts, Blobs blobs, LastUse lastUse) {
    this.builds = builds;
    this.artifacts = artifacts;
    this.blobs = blobs;
    this.lastUse = lastUse;
  }

  /**
   * The image of this name, or the one that a card usually takes. Its object cannot go until the
   * caller's transaction ends: whoever wants it for longer refers to its row before. Empty when the
   * build has no images, or none yet.
   */
  public Optional<BuiltImage> hold(String buildId, @Nullable String name) {
    Build build =
        builds.findByIdOptional(buildId).orElseThrow(() -> new NoSuchThing("build", buildId));
    if (!build.state.hasImages()) {
      return Optional.empty();
    }
    Artifact image = name == null ? only(build) : named(build, name);
    lastUse.note(build);
    if (!blobs.hold(image.blobId)) {
      throw new Expired(buildId, image.name);
    }
    return Optional.of(
        new BuiltImage(buildId, image.blobId, image.name, image.sha256, image.size, build.imageId));
  }

  private Artifact named(Build build, String name) {
    Artifact artifact =
        artifacts
            .named(build, name)
            .orElseThrow(() -> new NoSuchThing("artifact of build " + build.id, name));
    if (!CardImages.isDisk(artifact)) {
      throw new InvalidValue(
          "artifact", name, "give one that a card takes: .img, .img.gz, .img.zst or .img.xz");
    }
    return artifact;
  }

  private Artifact only(Build build) {
    List<Artifact> disks =
        CardImages.usual(
            artifacts.list(
                "buildId = ?1 and kind = ?2 order by position",
                build.record(),
                ArtifactKind.IMAGE));
    if (disks.size() == 1) {
      return disks.getFirst();
    }
    throw new InvalidValue(
        "artifact",
        "",
        disks.isEmpty()
            ? "the build has no image that a card takes"
            : disks.stream()
                .map(each -> each.name)
                .collect(Collectors.joining(", ", "give one of ", "")));
  }
}
