package dev.wrtfarm.cli.build;

import dev.wrtfarm.cli.output.Table;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.build.Failure;
import dev.wrtfarm.common.rest.ArtifactView;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.value.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Words about a build. */
public final class BuildDescription {
  private BuildDescription() {}

  /** What failed, what to do, and the lines of the log that show it. */
  public static List<String> ofFailed(BuildView build) {
    if (build.state() == BuildState.CANCELLED) {
      return List.of("build " + build.id() + " was cancelled");
    }
    Failure failure = build.failure();
    if (failure == null) {
      return List.of("build " + build.id() + " failed, and no reason is known");
    }
    List<String> lines = new ArrayList<>();
    lines.add("build " + build.id() + " failed: " + failure.message());
    lines.add("  reason: " + failure.reason());
    lines.add("  remedy: " + failure.reason().remedy());
    if (!failure.excerpt().isBlank()) {
      failure.excerpt().strip().lines().forEach(line -> lines.add("  | " + line));
    }
    lines.add("  the whole log: wrtfarm log " + build.id());
    return lines;
  }

  public static Table artifacts(BuildView build) {
    Table table = new Table("kind", "file", "size", "sha-256");
    for (ArtifactView each : build.artifacts()) {
      table.row(
          each.kind().name().toLowerCase(Locale.ROOT),
          each.name(),
          each.expired() ? "expired" : new ByteSize(each.size()),
          each.sha256());
    }
    return table;
  }

  /** The farm's profile where one was named, else release, target and device. */
  public static String what(BuildView build) {
    return build.profile() != null
        ? build.profile()
        : "%s %s %s"
            .formatted(build.recipe().release(), build.recipe().target(), build.recipe().profile());
  }
}
