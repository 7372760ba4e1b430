package dev.wrtfarm.api.artifact;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.hibernate.Session;

/** The store check's view of the rows. */
@ApplicationScoped
class KnownObjects {
  /** A row and what the store should have for it. */
  record Known(String id, String objectKey, long size, Blob.State state) {}

  static final int MOST = 2_000;

  private final Session entities;
  private final Blobs blobs;

  KnownObjects(Session entities, Blobs blobs) {
    this.entities = entities;
    this.blobs = blobs;
  }

  /** Rows by key; at most {@link #MOST}. */
  @Transactional
  List<Known> between(String after, String upTo) {
    return entities
        .createNativeQuery(
            """
            select id, object_key, size, state from blob
            where object_key collate "C" > :after
              and object_key collate "C" < :end
              and (:upTo = '' or object_key collate "C" <= :upTo)
            order by object_key collate "C" limit %d
            """
                .formatted(MOST),
            Object[].class)
        .setParameter("after", after.isEmpty() ? Blobs.FOLDER : after)
        .setParameter("end", Blobs.AFTER_FOLDER)
        .setParameter("upTo", upTo)
        .getResultList()
        .stream()
        .map(row ->
            new Known(
                (String) row[0],
                (String) row[1],
                ((Number) row[2]).longValue(),
                Blob.State.valueOf((String) row[3])))
        .toList();
  }

  @Transactional
  boolean doom(String id) {
    return blobs.doom(id);
  }

  @Transactional
  boolean isReferredTo(String id) {
    return !entities
        .createNativeQuery(
            "select b.id from blob b where b.id = :id and not (%s)"
                .formatted(UnusedBlobs.UNREFERRED),
            String.class)
        .setParameter("id", id)
        .getResultList()
        .isEmpty();
  }

  /**
   * What was missing is there again. Only while somebody refers to it: then the collector has never
   * taken it up for deletion. Not if the bytes were sent again in the meantime.
   */
  @Transactional
  boolean restore(String id) {
    boolean doomed =
        !entities
            .createNativeQuery(
                "select b.id from blob b where b.id = :id and b.state = 'DOOMED' for update",
                String.class)
            .setParameter("id", id)
            .getResultList()
            .isEmpty();
    // A new statement: if retention and the collector were here before the row was locked, it sees
    // that nobody refers to the row any more.
    return doomed
        && entities
                .createNativeQuery(
                    """
                    update blob b set state = 'PRESENT', last_used_at = clock_timestamp()
                    where b.id = :id and b.state = 'DOOMED' and not (%s)
                      and not exists (
                        select 1 from blob o where o.sha256 = b.sha256 and o.state = 'PRESENT')
                    """
                        .formatted(UnusedBlobs.UNREFERRED))
                .setParameter("id", id)
                .executeUpdate()
            > 0;
  }
}
