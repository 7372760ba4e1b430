package dev.wrtfarm.api.profile;

import dev.wrtfarm.common.rest.InlineRecipe;
import dev.wrtfarm.common.rest.ProfileView;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.hibernate.annotations.Immutable;

/** A profile's recipe under a number; it never changes. */
@Entity
@Immutable
@Table(name = "profile_revision")
@IdClass(ProfileRevision.Key.class)
@SuppressWarnings("NullAway.Init")
class ProfileRevision {
  /** Both halves of the key. */
  record Key(String profileId, int revision) implements Serializable {}

  @Id
  @Column(name = "profile_id")
  String profileId;

  @Id int revision;
  String title;

  @Convert(converter = InlineRecipeConverter.class)
  InlineRecipe recipe;

  @Column(name = "content_sha256")
  String contentSha256;

  ProfileView view() {
    return new ProfileView(profileId, revision, title, recipe);
  }
}
