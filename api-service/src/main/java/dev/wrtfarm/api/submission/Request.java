package dev.wrtfarm.api.submission;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** One caller's wish. */
@Entity
@Immutable
@SuppressWarnings("NullAway.Init")
class Request {
  @Id String id;

  @Column(name = "build_id")
  String buildId;

  String outcome;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "cancelled_at")
  @Nullable Instant cancelledAt;

  RequestState state() {
    return cancelledAt == null ? RequestState.OPEN : RequestState.CANCELLED;
  }
}
