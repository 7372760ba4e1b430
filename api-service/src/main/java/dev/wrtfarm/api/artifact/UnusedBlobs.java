package dev.wrtfarm.api.artifact;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import org.hibernate.Session;

/** The collector's view of the rows; the rules are told at {@link Collector}. */
@ApplicationScoped
class UnusedBlobs {
  /** A doomed row and its object. */
  record Doomed(String id, String objectKey, long size) {}

  /** Every foreign key to a blob is in here; a test compares it with the schema. */
  static final String UNREFERRED =
      """
      not exists (select 1 from artifact a where a.blob_id = b.id)
        and not exists (select 1 from attempt t where t.log_blob = b.id)
        and not exists (select 1 from flash_job f where f.blob_id = b.id)
      """;

  private static final String UNUSED =
      "b.state = 'PRESENT' and b.last_used_at < now() - make_interval(secs => :grace)";
  private static final String ABANDONED =
      "b.state = 'PENDING' and b.put_until < now() - make_interval(secs => :grace)";
  private static final int BATCH = 100;

  private final Session entities;
  private final Lifetimes lifetimes;

  UnusedBlobs(Session entities, Lifetimes lifetimes) {
    this.entities = entities;
    this.lifetimes = lifetimes;
  }

  /** Dooms some objects that nobody refers to and nobody can be reading. */
  @Transactional
  int doomUnused() {
    List<String> locked = lock(UNUSED, lifetimes.grace());
    return locked.isEmpty() ? 0 : doomUnused(locked);
  }

  /** Dooms some uploads that no end has taken, and that cannot be going on any more. */
  @Transactional
  int doomAbandoned() {
    List<String> locked = lock(ABANDONED, lifetimes.afterUrl());
    return locked.isEmpty() ? 0 : doom(locked, ABANDONED, lifetimes.afterUrl());
  }

  /** Dooms those of these rows, which are locked, that are to be doomed still. */
  @Transactional
  int doomUnused(List<String> locked) {
    return doom(locked, UNUSED, lifetimes.grace());
  }

  private List<String> lock(String old, Duration grace) {
    return entities
        .createNativeQuery(
            "select b.id from blob b where %s and %s limit %d for update of b skip locked"
                .formatted(old, UNREFERRED, BATCH),
            String.class)
        .setParameter("grace", grace.toMillis() / 1000.0)
        .getResultList();
  }

  /** A new statement: it sees whatever was committed before the rows were locked. */
  private int doom(List<String> locked, String old, Duration grace) {
    return entities
        .createNativeQuery(
            """
            update blob b set state = 'DOOMED', collect_at = now()
            where b.id in (:ids) and %s and %s
            """
                .formatted(old, UNREFERRED))
        .setParameter("ids", locked)
        .setParameter("grace", grace.toMillis() / 1000.0)
        .executeUpdate();
  }

  /**
   * Some doomed rows whose objects are to be deleted now, this replica's for a while. One that a
   * record refers to is none of them: it goes after its record.
   */
  @Transactional
  List<Doomed> take(Duration hold) {
    return entities
        .createNativeQuery(
            """
            update blob set collect_at = now() + make_interval(secs => :hold) where id in (
              select b.id from blob b
              where b.state = 'DOOMED' and b.collect_at <= now() and %s
              order by b.collect_at limit %d for update of b skip locked)
            returning id, object_key, size
            """
                .formatted(UNREFERRED, BATCH),
            Object[].class)
        .setParameter("hold", hold.toMillis() / 1000.0)
        .getResultList()
        .stream()
        .map(row -> new Doomed((String) row[0], (String) row[1], ((Number) row[2]).longValue()))
        .toList();
  }

  /** The object is gone, and so is now its row; false when somebody else was first. */
  @Transactional
  boolean forget(String id) {
    return entities
            .createNativeQuery("delete from blob where id = :id and state = 'DOOMED'")
            .setParameter("id", id)
            .executeUpdate()
        > 0;
  }
}
