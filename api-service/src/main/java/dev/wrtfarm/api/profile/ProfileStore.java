package dev.wrtfarm.api.profile;

import dev.wrtfarm.common.rest.InlineRecipe;
import dev.wrtfarm.common.rest.ProfileView;
import dev.wrtfarm.common.value.Sha256;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Profiles and their revisions. */
@ApplicationScoped
class ProfileStore implements PanacheRepositoryBase<ProfileRevision, ProfileRevision.Key> {

  /** The latest revision of each listed profile, by id. */
  List<ProfileView> latest() {
    return find(
            "exists (select 1 from Profile p where p.id = profileId and p.latest = revision"
                + " and p.listed) order by profileId")
        .stream()
        .map(ProfileRevision::view)
        .toList();
  }

  Optional<ProfileView> latest(String id) {
    return find(
            "profileId = ?1 and revision = (select p.latest from Profile p where p.id = ?1)", id)
        .firstResultOptional()
        .map(ProfileRevision::view);
  }

  Optional<ProfileView> revision(String id, int revision) {
    return findByIdOptional(new ProfileRevision.Key(id, revision)).map(ProfileRevision::view);
  }

  /** Content that the latest revision has already changes nothing; other content is a new one. */
  @Transactional
  void put(String id, String title, InlineRecipe recipe) {
    String recipeJson = InlineRecipeConverter.write(recipe);
    String digest = Sha256.of(title + "\n" + recipeJson).hex();
    var entities = getSession();
    entities
        .createNativeQuery(
            "insert into profile (id, latest) values (:id, 0) on conflict do nothing")
        .setParameter("id", id)
        .executeUpdate();
    // Replicas that start together wait here for each other.
    entities
        .createNativeQuery("select latest from profile where id = :id for update", Integer.class)
        .setParameter("id", id)
        .getSingleResult();
    entities
        .createNativeQuery(
            """
            insert into profile_revision (profile_id, revision, title, recipe, content_sha256)
            select p.id, p.latest + 1, :title, :recipe, :digest from profile p
            where p.id = :id and not exists (
              select 1 from profile_revision r
              where r.profile_id = p.id and r.revision = p.latest and r.content_sha256 = :digest)
            """)
        .setParameter("id", id)
        .setParameter("title", title)
        .setParameter("recipe", recipeJson)
        .setParameter("digest", digest)
        .executeUpdate();
    entities
        .createNativeQuery(
            """
            update profile set listed = true,
              latest = (select max(revision) from profile_revision where profile_id = :id)
            where id = :id
            """)
        .setParameter("id", id)
        .executeUpdate();
  }

  /** Profiles that this version of the farm does not bring are no longer listed. */
  @Transactional
  void unlistAllBut(Set<String> ids) {
    getSession()
        .createNativeQuery("update profile set listed = false where listed and id not in (:ids)")
        .setParameter("ids", ids.isEmpty() ? Set.of("") : ids)
        .executeUpdate();
  }
}
