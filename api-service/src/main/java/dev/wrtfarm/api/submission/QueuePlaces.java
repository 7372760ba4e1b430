package dev.wrtfarm.api.submission;

import dev.wrtfarm.api.build.Build;
import dev.wrtfarm.api.build.Locks;
import dev.wrtfarm.api.build.RandomId;
import dev.wrtfarm.api.offer.OfferDue;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.rest.ProfileView;
import dev.wrtfarm.common.value.ReleaseId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * A build's place in the queue. {@code turn} is fairness: one more than the tenant's highest that
 * waits, but never before the one whose turn it is. So a tenant with a thousand builds and one with
 * a single build take turns.
 */
@ApplicationScoped
class QueuePlaces {
  private final Session entities;
  private final Locks locks;
  private final Event<OfferDue> offers;

  QueuePlaces(Session entities, Locks locks, Event<OfferDue> offers) {
    this.entities = entities;
    this.locks = locks;
    this.offers = offers;
  }

  String insert(Submission submission, String digest) {
    // Two that read the tenant's highest turn at once would both get the one after it; forty would
    // come before everybody else's.
    locks.take("turn " + submission.tenant());
    String id = RandomId.build();
    ProfileView profile = submission.wish().profile();
    entities
        .createNativeQuery(
            """
            insert into build (id, tenant, state, flight_key, recipe, recipe_digest, snapshot,
              profile_id, profile_revision, priority, turn, must_build, offer_at)
            values (:id, :tenant, 'QUEUED', :digest, :recipe, :digest, :snapshot,
              nullif(:profile, ''), nullif(:revision, 0), :priority, :turn, :mustBuild, now())
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
        .setParameter("mustBuild", submission.wish().mustBuild())
        .executeUpdate();
    offers.fire(new OfferDue());
    return id;
  }

  /**
   * Whoever joins may pull the build forward, never back, and may have it make its image. The build
   * is on the account of the tenant whose turn it has: otherwise a tenant could pull any number of
   * others' builds forward, each by the same turn.
   */
  String improve(Build build, Submission submission) {
    entities
        .createNativeQuery(
            """
            update build set priority = greatest(priority, :priority), turn = least(turn, :turn),
              tenant = case when :turn < turn then :tenant else tenant end,
              must_build = must_build or :mustBuild
            where id = :id and state in ('QUEUED', 'RUNNING')
            """)
        .setParameter("priority", submission.wish().priority())
        .setParameter("turn", turn(submission.tenant()))
        .setParameter("tenant", submission.tenant())
        .setParameter("mustBuild", submission.wish().mustBuild())
        .setParameter("id", build.id())
        .executeUpdate();
    return build.id();
  }

  String touch(Build build) {
    entities
        .createNativeQuery("update build set last_used_at = now() where id = :id")
        .setParameter("id", build.id())
        .executeUpdate();
    return build.id();
  }

  /** How many builds wait that come before this one: as it is, and as this wish would have it. */
  long waitingBefore(Submission submission, @Nullable Build joined) {
    if (joined != null && joined.state() != BuildState.QUEUED) {
      return 0;
    }
    return entities
        .createNativeQuery(
            """
            with place as (
              select greatest(:priority, max(priority)) as priority, least(:turn, max(turn)) as turn,
                coalesce(max(seq), 9223372036854775807) as seq
              from build where id = :joined)
            select count(*) from build b, place p where b.state = 'QUEUED' and b.id <> :joined
              and (-b.priority, b.turn, b.seq) < (-p.priority, p.turn, p.seq)
            """,
            Long.class)
        .setParameter("priority", submission.wish().priority())
        .setParameter("turn", turn(submission.tenant()))
        .setParameter("joined", joined == null ? "" : joined.id())
        .getSingleResult();
  }

  private long turn(String tenant) {
    Object turn =
        entities
            .createNativeQuery(
                """
                select greatest(
                  (select max(turn) + 1 from build where state = 'QUEUED' and tenant = :tenant),
                  (select min(turn) from build where state = 'QUEUED'),
                  0)
                """,
                Object.class)
            .setParameter("tenant", tenant)
            .getSingleResult();
    return ((Number) turn).longValue();
  }
}
