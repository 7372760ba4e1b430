package dev.wrtfarm.api.retention;

import dev.wrtfarm.api.submission.IdempotencyKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/**
 * Deletes ended builds with everything that is theirs alone. A build's row is locked first, as by
 * whoever reuses it; what is checked afterwards, in a new statement, cannot change any more: a
 * reuse came before it, and has touched the record, or comes after it, and finds none. The same
 * holds for a request with an idempotency key: it is made under the lock of its build.
 */
@ApplicationScoped
class ExpiredRecords {
  private static final int BATCH = 50;

  /** In this order: each refers to what comes after it. */
  private static final List<String> PARTS =
      List.of(
          "delete from idempotency_key where scope = 'BUILD' and stands_for in"
              + " (select id from request where build_id in (:builds))",
          "delete from request where build_id in (:builds)",
          "delete from log_chunk where build_id in (:builds)",
          "delete from artifact where build_id in (:builds)",
          "delete from attempt where build_id in (:builds)",
          "delete from build where id in (:builds)");

  /**
   * A record that a reused build points at goes after that build; and one that an idempotency key
   * stands for goes when the key counts no more, so that the caller who says it again gets the same
   * request.
   */
  private static final String OLD =
      """
      b.state in (:states) and b.last_used_at < now() - make_interval(secs => :age)
        and not exists (select 1 from build r where r.reused_from = b.id)
        and not exists (
          select 1 from request q
            join idempotency_key k on k.scope = 'BUILD' and k.stands_for = q.id
          where q.build_id = b.id and k.created_at > now() - %s)
      """
          .formatted(IdempotencyKey.LIFETIME);

  private final Session entities;

  ExpiredRecords(Session entities) {
    this.entities = entities;
  }

  /** Deletes some that were not used for so long; answers how many. */
  @Transactional
  int delete(RecordKind kind, Duration age) {
    List<String> locked =
        old(kind, age, " order by b.last_used_at limit %d for update of b skip locked")
            .getResultList();
    if (locked.isEmpty()) {
      return 0;
    }
    List<String> builds =
        old(kind, age, " and b.id in (:locked)").setParameter("locked", locked).getResultList();
    if (!builds.isEmpty()) {
      for (String part : PARTS) {
        entities.createNativeQuery(part).setParameter("builds", builds).executeUpdate();
      }
    }
    return builds.size();
  }

  private NativeQuery<String> old(RecordKind kind, Duration age, String rest) {
    return entities
        .createNativeQuery(
            "select b.id from build b where " + OLD + rest.formatted(BATCH), String.class)
        .setParameter("states", kind.states())
        .setParameter("age", age.toMillis() / 1000.0);
  }
}
