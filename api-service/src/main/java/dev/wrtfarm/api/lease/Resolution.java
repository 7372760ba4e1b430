package dev.wrtfarm.api.lease;

import dev.wrtfarm.api.build.Attempt;
import dev.wrtfarm.api.build.Attempts;
import dev.wrtfarm.api.build.Build;
import dev.wrtfarm.api.build.BuildStates;
import dev.wrtfarm.api.build.Builds;
import dev.wrtfarm.api.build.PackageSets;
import dev.wrtfarm.api.build.Text;
import dev.wrtfarm.api.build.Transition;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.recipe.ImageId;
import dev.wrtfarm.common.recipe.PackageSet;
import dev.wrtfarm.common.value.InvalidValue;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.common.worker.Resolved;
import dev.wrtfarm.common.worker.ResolvedReply;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Optional;

/**
 * The worker tells what the recipe turned into. If an earlier record has exactly this image, the
 * build ends here, and the record counts as confirmed.
 */
@ApplicationScoped
public class Resolution {
  private static final int LONGEST_URL = 1_000;

  private final Leases leases;
  private final Builds builds;
  private final Attempts attempts;
  private final BuildStates states;
  private final PackageSets packageSets;

  Resolution(
      Leases leases,
      Builds builds,
      Attempts attempts,
      BuildStates states,
      PackageSets packageSets) {
    this.leases = leases;
    this.builds = builds;
    this.attempts = attempts;
    this.states = states;
    this.packageSets = packageSets;
  }

  @Transactional
  public ResolvedReply resolved(Resolved report) {
    Sha256 archive = new Sha256(report.archiveSha256());
    PackageSet set = new PackageSet(report.packages());
    if (set.packages().isEmpty()) {
      throw new InvalidValue("packages", "", "an image has at least one package");
    }
    Optional<Build> held = leases.lock(report.lease());
    if (held.isEmpty()) {
      return before(report);
    }
    Build build = held.get();
    String imageId = ImageId.of(new Sha256(build.recipeDigest()), archive, set.digest()).value();
    packageSets.keep(set);
    Map<String, Object> facts =
        Map.of(
            "archive", Text.clean(report.archive(), LONGEST_URL),
            "archiveUrl", Text.clean(report.archiveUrl(), LONGEST_URL),
            "archiveSha256", archive.hex(),
            "packageSet", set.digest().hex(),
            "imageId", imageId);
    Optional<Build> record =
        build.mustBuild()
            ? Optional.empty()
            : builds.lockRecord(build.recipeDigest(), archive.hex(), set.digest().hex());
    if (record.isPresent()) {
      reuse(build, record.get(), facts);
    } else {
      note(build, facts);
    }
    return new ResolvedReply(record.isPresent(), imageId);
  }

  /** The same report again, after it ended the build, gets the same answer. */
  private ResolvedReply before(Resolved report) {
    Attempt attempt =
        leases
            .endedSo(report.lease(), "reused")
            .orElseThrow(() -> new LeaseLost(report.lease().build()));
    String imageId = builds.findById(attempt.buildId()).imageId();
    return new ResolvedReply(true, imageId == null ? "" : imageId);
  }

  private static final String FACTS =
      """
      , archive = :archive, archive_url = :archiveUrl, archive_sha256 = :archiveSha256
      , package_set_digest = :packageSet, image_id = :imageId
      """;

  private void reuse(Build build, Build record, Map<String, Object> facts) {
    states.change(
        Transition.REUSE, build, FACTS + ", reused_from = '%s'".formatted(record.id()), facts);
    attempts.end(build, "reused", BuildState.REUSED);
    builds
        .getSession()
        .createNativeQuery(
            "update build set confirmed_at = now(), last_used_at = now() where id = :id")
        .setParameter("id", record.id())
        .executeUpdate();
  }

  private void note(Build build, Map<String, Object> facts) {
    var update =
        builds
            .getSession()
            .createNativeQuery(
                "update build set "
                    + FACTS.replaceFirst(", ", "")
                    + " where id = :id"
                    + " and fence = :fence")
            .setParameter("id", build.id())
            .setParameter("fence", build.fence());
    facts.forEach(update::setParameter);
    update.executeUpdate();
  }
}
