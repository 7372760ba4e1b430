package dev.wrtfarm.api.build;

import dev.wrtfarm.common.build.ArtifactKind;
import dev.wrtfarm.common.rest.ArtifactView;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A file of a build that ended. */
@Entity
@Immutable
@IdClass(Artifact.Key.class)
@SuppressWarnings("NullAway.Init")
public class Artifact {
  /** Both halves of the key. */
  record Key(String buildId, String name) implements Serializable {}

  @Id
  @Column(name = "build_id")
  String buildId;

  @Id String name;

  @Enumerated(EnumType.STRING)
  ArtifactKind kind;

  @Column(name = "blob_id")
  String blobId;

  String sha256;
  long size;
  @Nullable String type;
  @Nullable String filesystem;
  int position;

  /**
   * @param build the build that shows it, which may be another than the one that made it
   * @param expired its object is not kept any more
   */
  ArtifactView view(String build, boolean expired) {
    return new ArtifactView(
        name,
        kind,
        sha256,
        size,
        type,
        filesystem,
        "/api/v2/builds/" + build + "/artifacts/" + name,
        expired);
  }
}
