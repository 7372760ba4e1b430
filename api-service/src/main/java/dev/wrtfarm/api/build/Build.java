package dev.wrtfarm.api.build;

import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.build.Failure;
import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.build.Stage;
import dev.wrtfarm.common.recipe.Recipe;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A build's row, to read. It is immutable here: {@link BuildStates} changes it. */
@Entity
@Immutable
@SuppressWarnings("NullAway.Init")
public class Build {
  @Id String id;
  long seq;
  String tenant;

  @Enumerated(EnumType.STRING)
  BuildState state;

  @Convert(converter = RecipeConverter.class)
  Recipe recipe;

  @Column(name = "recipe_digest")
  String recipeDigest;

  @Column(name = "profile_id")
  @Nullable String profileId;

  @Column(name = "profile_revision")
  @Nullable Integer profileRevision;

  int priority;
  long turn;

  @Column(name = "must_build")
  boolean mustBuild;

  long fence;

  @Column(name = "secret_sha256")
  @Nullable String secretSha256;

  @Nullable String worker;
  int attempt;

  @Column(name = "lost_leases")
  int lostLeases;

  @Column(name = "failed_attempts")
  int failedAttempts;

  @Enumerated(EnumType.STRING)
  @Nullable Stage stage;

  int percent;
  String detail;
  @Nullable String archive;

  @Column(name = "archive_url")
  @Nullable String archiveUrl;

  @Column(name = "archive_sha256")
  @Nullable String archiveSha256;

  @Column(name = "package_set_digest")
  @Nullable String packageSetDigest;

  @Column(name = "image_id")
  @Nullable String imageId;

  @Column(name = "reused_from")
  @Nullable String reusedFrom;

  @Enumerated(EnumType.STRING)
  @Column(name = "failure_reason")
  @Nullable FailureReason failureReason;

  @Column(name = "failure_message")
  @Nullable String failureMessage;

  @Column(name = "failure_excerpt")
  @Nullable String failureExcerpt;

  @Convert(converter = StageMillisConverter.class)
  @Column(name = "stage_millis")
  @Nullable Map<Stage, Long> stageMillis;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "started_at")
  @Nullable Instant startedAt;

  @Column(name = "ended_at")
  @Nullable Instant endedAt;

  public String id() {
    return id;
  }

  public BuildState state() {
    return state;
  }

  public Recipe recipe() {
    return recipe;
  }

  public String recipeDigest() {
    return recipeDigest;
  }

  public boolean mustBuild() {
    return mustBuild;
  }

  public long fence() {
    return fence;
  }

  public @Nullable String secretSha256() {
    return secretSha256;
  }

  public @Nullable String worker() {
    return worker;
  }

  public int attempt() {
    return attempt;
  }

  public int lostLeases() {
    return lostLeases;
  }

  public int failedAttempts() {
    return failedAttempts;
  }

  public @Nullable Stage stage() {
    return stage;
  }

  public @Nullable String imageId() {
    return imageId;
  }

  /** {@code id@revision}, when it came from a profile of the farm. */
  @Nullable String profile() {
    return profileId == null ? null : profileId + "@" + profileRevision;
  }

  @Nullable Failure failure() {
    return Attempt.failure(failureReason, failureMessage, failureExcerpt);
  }

  /** The build whose artifacts this one shows. */
  String record() {
    return reusedFrom == null ? id : reusedFrom;
  }
}
