package dev.wrtfarm.api.build;

import dev.wrtfarm.common.rest.ArtifactView;
import dev.wrtfarm.common.rest.AttemptView;
import dev.wrtfarm.common.rest.BuildView;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Builds as everyone sees them. */
@ApplicationScoped
public class BuildViews {
  private static final int WHOLE = 100;

  private final Builds builds;
  private final Attempts attempts;
  private final Artifacts artifacts;

  BuildViews(Builds builds, Attempts attempts, Artifacts artifacts) {
    this.builds = builds;
    this.attempts = attempts;
    this.artifacts = artifacts;
  }

  @Transactional
  public BuildView view(String id) {
    // What this transaction changed itself must show.
    builds.getSession().clear();
    Build build = existing(id);
    return view(build, attempts.of(List.of(id)).stream().map(Attempt::view).toList(), files(build));
  }

  /** The newest first, without their artifacts. */
  @Transactional
  public List<BuildView> newest(int limit) {
    List<Build> page = builds.find("order by seq desc").page(Page.ofSize(limit)).list();
    Map<String, List<AttemptView>> tries =
        attempts.of(page.stream().map(build -> build.id).toList()).stream()
            .collect(
                Collectors.groupingBy(
                    each -> each.buildId, Collectors.mapping(Attempt::view, Collectors.toList())));
    return page.stream()
        .map(build -> view(build, tries.getOrDefault(build.id, List.of()), List.of()))
        .toList();
  }

  @Transactional
  public List<ArtifactView> artifacts(String id) {
    return files(existing(id));
  }

  /** A record that is deleted between the two looks is gone with its files, not without them. */
  private List<ArtifactView> files(Build build) {
    List<ArtifactView> files = artifacts.views(build);
    if (files.isEmpty() && build.state.hasImages()) {
      builds.getSession().clear();
      existing(build.id);
    }
    return files;
  }

  private Build existing(String id) {
    return builds.findByIdOptional(id).orElseThrow(() -> new NoSuchThing("build", id));
  }

  private static BuildView view(
      Build build, List<AttemptView> attempts, List<ArtifactView> artifacts) {
    return new BuildView(
        build.id,
        build.state,
        build.stage,
        build.state.hasImages() ? WHOLE : build.percent,
        build.state.isUnfinished() ? build.detail : "",
        build.profile(),
        build.recipe,
        build.recipeDigest,
        build.archive,
        build.archiveUrl,
        build.archiveSha256,
        build.packageSetDigest,
        build.imageId,
        build.reusedFrom,
        build.failure(),
        attempts,
        artifacts,
        build.stageMillis == null ? Map.of() : build.stageMillis,
        build.createdAt,
        build.startedAt,
        build.endedAt);
  }
}
