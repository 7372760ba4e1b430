package dev.wrtfarm.api.build;

import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.build.Failure;
import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.rest.AttemptView;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** One lease of a build. */
@Entity
@Immutable
@IdClass(Attempt.Key.class)
@SuppressWarnings("NullAway.Init")
public class Attempt {
  /** Both halves of the key. */
  record Key(String buildId, int number) implements Serializable {}

  @Id
  @Column(name = "build_id")
  String buildId;

  @Id int number;
  long fence;

  @Column(name = "secret_sha256")
  String secretSha256;

  String worker;
  String result;

  /** What the build became when this attempt ended. */
  @Enumerated(EnumType.STRING)
  @Nullable BuildState answered;

  @Enumerated(EnumType.STRING)
  @Column(name = "failure_reason")
  @Nullable FailureReason failureReason;

  @Column(name = "failure_message")
  @Nullable String failureMessage;

  @Column(name = "failure_excerpt")
  @Nullable String failureExcerpt;

  @Column(name = "started_at")
  Instant startedAt;

  @Column(name = "ended_at")
  @Nullable Instant endedAt;

  public String buildId() {
    return buildId;
  }

  public long fence() {
    return fence;
  }

  public String result() {
    return result;
  }

  public @Nullable BuildState answered() {
    return answered;
  }

  AttemptView view() {
    return new AttemptView(
        number,
        worker,
        result,
        startedAt,
        endedAt,
        failure(failureReason, failureMessage, failureExcerpt));
  }

  static @Nullable Failure failure(
      @Nullable FailureReason reason, @Nullable String message, @Nullable String excerpt) {
    return reason == null
        ? null
        : new Failure(reason, message == null ? "" : message, excerpt == null ? "" : excerpt);
  }
}
