package dev.wrtfarm.api.artifact;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import org.hibernate.annotations.Immutable;

/** One upload. At most one of a digest is PRESENT. */
@Entity
@Immutable
@SuppressWarnings("NullAway.Init")
public class Blob {
  /** From the presigned PUT to the collector. */
  enum State {
    PENDING,
    PRESENT,
    DOOMED
  }

  @Id String id;
  String sha256;
  long size;

  @Column(name = "object_key")
  String objectKey;

  @Enumerated(EnumType.STRING)
  State state;

  public String id() {
    return id;
  }

  public String sha256() {
    return sha256;
  }

  public long size() {
    return size;
  }

  public String objectKey() {
    return objectKey;
  }

  boolean isPresent() {
    return state == State.PRESENT;
  }
}
