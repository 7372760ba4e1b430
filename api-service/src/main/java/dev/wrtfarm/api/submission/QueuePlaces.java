package dev.wrtfarm.api.submission;

import dev.wrtfarm.api.build.Build;
import dev.wrtfarm.api.build.RandomId;
import dev.wrtfarm.api.offer.OfferDue;
import dev.wrtfarm.common.rest.ProfileView;
import dev.wrtfarm.common.value.ReleaseId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import org.hibernate.Session;

/**
 * A build's place in the queue. {@code turn} is fairness: one more than the tenant's highest that
 * waits, but never before the one whose turn it is. So a tenant with a thousand builds and one with
 * a single build take turns.
 */
@ApplicationScoped
class QueuePlaces {
  private final Session entities;
  private final Event<OfferDue> offers;

  QueuePlaces(Session entities, Event<OfferDue> offers) {
    this.entities = entities;
    this.offers = offers;
  }

  String insert(Submission submission, String digest) {
    String id = RandomId.build();
    ProfileView profile = submission.wish().profile();
    entities
        .createNativeQuery(
            """
            insert into build (id, tenant, state, flight_key, recipe, recipe_digest, snapshot,
              profile_id, profile_revision, priority, turn, offer_at)
            values (:id, :tenant, 'QUEUED', :digest, :recipe, :digest, :snapshot,
              nullif(:profile, ''), nullif(:revision, 0), :priority, :turn, now())
            """)
        .setParameter("id", id)
        .setParameter("tenant", submission.tenant())
        .setParameter("digest", digest)
        .setParameter("recipe", submission.wish().recipe().canonicalForm())
        .setParameter("snapshot", new ReleaseId(submission.wish().recipe().release()).isSnapshot())
        .setParameter("profile", profile == null ? "" : profile.id())
        .setParameter("revision", profile == null ? 0 : profile.revision())
        .setParameter("priority", submission.wish().priority())
        .setParameter("turn", turn(submission.tenant()))
        .executeUpdate();
    offers.fire(new OfferDue());
    return id;
  }

  /** Whoever joins may pull the build forward, never back. */
  void improve(Build build, Submission submission) {
    entities
        .createNativeQuery(
            """
            update build set priority = greatest(priority, :priority), turn = least(turn, :turn)
            where id = :id and state in ('QUEUED', 'RUNNING')
            """)
        .setParameter("priority", submission.wish().priority())
        .setParameter("turn", turn(submission.tenant()))
        .setParameter("id", build.id())
        .executeUpdate();
  }

  void touch(Build build) {
    entities
        .createNativeQuery("update build set last_used_at = now() where id = :id")
        .setParameter("id", build.id())
        .executeUpdate();
  }

  private long turn(String tenant) {
    return entities
        .createNativeQuery(
            """
            select greatest(
              (select max(turn) + 1 from build where state = 'QUEUED' and tenant = :tenant),
              (select min(turn) from build where state = 'QUEUED'),
              0)
            """,
            Long.class)
        .setParameter("tenant", tenant)
        .getSingleResult();
  }
}
