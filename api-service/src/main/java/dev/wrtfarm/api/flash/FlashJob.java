package dev.wrtfarm.api.flash;

import dev.wrtfarm.common.flash.BootProof;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashOptions;
import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.FlashState;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A flash job's row, to read. It is immutable here: {@link FlashStates} changes it. */
@Entity
@Immutable
@Table(name = "flash_job")
@SuppressWarnings("NullAway.Init")
public class FlashJob {
  @Id String id;
  long seq;
  String batch;

  @Enumerated(EnumType.STRING)
  FlashKind kind;

  @Enumerated(EnumType.STRING)
  FlashState state;

  @Column(name = "host_id")
  String host;

  String slot;

  @Column(name = "build_id")
  @Nullable String build;

  @Column(name = "blob_id")
  @Nullable String blob;

  @Column(name = "image_url")
  @Nullable String imageUrl;

  @Column(name = "image_name")
  String imageName;

  @Column(name = "image_sha256")
  String imageSha256;

  @Column(name = "image_size")
  @Nullable Long imageSize;

  @Column(name = "image_id")
  @Nullable String imageId;

  @Nullable String rechecks;
  String options;
  boolean unattended;
  long fence;

  @Column(name = "secret_sha256")
  @Nullable String secretSha256;

  @Column(name = "lease_until")
  @Nullable Instant leaseUntil;

  @Column(name = "told_fence")
  @Nullable Long toldFence;

  @Column(name = "told_secret_sha256")
  @Nullable String toldSecretSha256;

  @Enumerated(EnumType.STRING)
  @Nullable FlashTransition told;

  @Column(name = "cancel_asked")
  boolean cancelAsked;

  String phase;
  int percent;
  String detail;
  @Nullable String plan;
  @Nullable String token;

  @Column(name = "card_id")
  @Nullable String card;

  @Nullable String report;
  @Nullable String reason;
  boolean unusable;

  @Enumerated(EnumType.STRING)
  @Nullable BootProof proof;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "started_at")
  @Nullable Instant startedAt;

  @Column(name = "ended_at")
  @Nullable Instant endedAt;

  public String id() {
    return id;
  }

  public FlashState state() {
    return state;
  }

  public FlashKind kind() {
    return kind;
  }

  /** Nothing is written for it. */
  public boolean isReadOnly() {
    return kind == FlashKind.VERIFY;
  }

  public String host() {
    return host;
  }

  public String slot() {
    return slot;
  }

  public @Nullable String blob() {
    return blob;
  }

  public @Nullable String imageUrl() {
    return imageUrl;
  }

  public String imageName() {
    return imageName;
  }

  public String imageSha256() {
    return imageSha256;
  }

  public @Nullable Long imageSize() {
    return imageSize;
  }

  public @Nullable String imageId() {
    return imageId;
  }

  public @Nullable String rechecks() {
    return rechecks;
  }

  public FlashOptions options() {
    return JsonColumn.read(options, FlashOptions.class);
  }

  public boolean unattended() {
    return unattended;
  }

  public long fence() {
    return fence;
  }

  public @Nullable String secretSha256() {
    return secretSha256;
  }

  public @Nullable Long toldFence() {
    return toldFence;
  }

  public @Nullable String toldSecretSha256() {
    return toldSecretSha256;
  }

  /** The change with which its agent's last lease ended. */
  public @Nullable FlashTransition told() {
    return told;
  }

  public boolean cancelAsked() {
    return cancelAsked;
  }

  public @Nullable String token() {
    return token;
  }

  public @Nullable String card() {
    return card;
  }

  @Nullable FlashPlan plan() {
    return plan == null ? null : JsonColumn.read(plan, FlashPlan.class);
  }

  @Nullable FlashReport report() {
    return report == null ? null : JsonColumn.read(report, FlashReport.class);
  }
}
