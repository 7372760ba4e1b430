package dev.wrtfarm.api.build;

import dev.wrtfarm.api.artifact.Blob;
import dev.wrtfarm.api.artifact.Blobs;
import dev.wrtfarm.common.build.ArtifactKind;
import dev.wrtfarm.common.rest.ArtifactView;
import dev.wrtfarm.common.value.InvalidValue;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.common.worker.Produced;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The files of builds. Every method runs in the caller's transaction. */
@ApplicationScoped
public class Artifacts implements PanacheRepositoryBase<Artifact, Artifact.Key> {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+~,-]{0,199}");
  private static final int MOST = 500;

  private final Blobs blobs;

  Artifacts(Blobs blobs) {
    this.blobs = blobs;
  }

  /** A build that ended REUSED shows the files of the record; its log is its own. */
  List<ArtifactView> views(Build build) {
    List<Artifact> files = list("buildId = ?1 order by position", build.record());
    Set<String> kept = blobs.kept(files.stream().map(each -> each.blobId).toList());
    return files.stream().map(each -> each.view(build.id, !kept.contains(each.blobId))).toList();
  }

  Optional<Artifact> named(Build build, String name) {
    return findByIdOptional(new Artifact.Key(build.record(), name));
  }

  public Optional<Blob> log(String build) {
    return find("buildId = ?1 and kind = ?2", build, ArtifactKind.LOG)
        .firstResultOptional()
        .flatMap(each -> blobs.findByIdOptional(each.blobId));
  }

  /** Refuses names that are no file names of ours, and names that come twice. */
  public static void check(List<Produced> produced) {
    if (produced.size() > MOST) {
      throw new InvalidValue("artifacts", produced.size() + " files", "give at most " + MOST);
    }
    Set<String> names = new HashSet<>();
    for (Produced each : produced) {
      new Sha256(each.sha256());
      if (!NAME.matcher(each.name()).matches()) {
        throw new InvalidValue(
            "artifacts.name", each.name(), "use letters, digits and . _ + -, no folder");
      }
      if (!names.add(each.name())) {
        throw new InvalidValue("artifacts.name", each.name(), "it came twice");
      }
    }
  }

  public void insert(String build, List<Produced> produced, Map<String, Blob> rows) {
    int position = 0;
    for (Produced each : produced) {
      Blob blob = rows.get(each.sha256());
      if (blob == null || blob.size() != each.size()) {
        throw new InvalidValue(
            "artifacts.size", Long.toString(each.size()), "it is not the size that was sent");
      }
      insert(build, each, blob, position);
      position++;
    }
  }

  private void insert(String build, Produced file, Blob blob, int position) {
    getSession()
        .createNativeQuery(
            """
            insert into artifact
              (build_id, name, kind, blob_id, sha256, size, type, filesystem, position)
            values (:build, :name, :kind, :blob, :sha256, :size, nullif(:type, ''),
              nullif(:filesystem, ''), :position)
            """)
        .setParameter("build", build)
        .setParameter("name", file.name())
        .setParameter("kind", file.kind().name())
        .setParameter("blob", blob.id())
        .setParameter("sha256", file.sha256())
        .setParameter("size", file.size())
        .setParameter("type", file.type() == null ? "" : Text.clean(file.type(), 100))
        .setParameter(
            "filesystem", file.filesystem() == null ? "" : Text.clean(file.filesystem(), 100))
        .setParameter("position", position)
        .executeUpdate();
  }
}
