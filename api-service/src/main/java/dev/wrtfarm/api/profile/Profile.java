package dev.wrtfarm.api.profile;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.annotations.Immutable;

/** A profile's name and its latest revision. */
@Entity
@Immutable
@SuppressWarnings("NullAway.Init")
class Profile {
  @Id String id;
  int latest;

  /** False when this version of the farm no longer brings it; its revisions stay. */
  boolean listed;
}
