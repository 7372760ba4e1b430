package dev.wrtfarm.api.artifact;

import dev.wrtfarm.common.value.Sha256;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rows of uploads. Every method runs in the caller's transaction. */
@ApplicationScoped
public class Blobs implements PanacheRepositoryBase<Blob, String> {
  /** Everything in the bucket that is ours is below it. */
  static final String FOLDER = "blobs/";

  /** Sorts right after everything in the folder. */
  static final String AFTER_FOLDER = "blobs0";

  /** The row of the object that is in the store, its last use set to now. */
  Optional<Blob> touchPresent(Sha256 digest) {
    int touched =
        getSession()
            .createNativeQuery(
                "update blob set last_used_at = clock_timestamp() where sha256 = :sha256 and state = 'PRESENT'")
            .setParameter("sha256", digest.hex())
            .executeUpdate();
    return touched == 0
        ? Optional.empty()
        : find("sha256 = ?1 and state = ?2", digest.hex(), Blob.State.PRESENT)
            .firstResultOptional();
  }

  /** A key that nobody else ever writes. */
  static String freshKey(Sha256 digest, String id) {
    return FOLDER + digest.hex().substring(0, 2) + "/" + digest.hex() + "/" + id;
  }

  /** A row for an upload to come, under the key of this id. */
  void insertPending(String id, Sha256 digest, long size, Duration validity) {
    getSession()
        .createNativeQuery(
            """
            insert into blob (id, sha256, size, object_key, state, put_until)
            values (:id, :sha256, :size, :key, 'PENDING',
                clock_timestamp() + make_interval(secs => :validity))
            """)
        .setParameter("id", id)
        .setParameter("sha256", digest.hex())
        .setParameter("size", size)
        .setParameter("key", freshKey(digest, id))
        .setParameter("validity", validity.toSeconds())
        .executeUpdate();
  }

  /** Every row of these digests that an end could refer to. */
  List<Blob> candidates(Collection<String> digests) {
    return list(
        "sha256 in ?1 and state in ?2 order by sha256, id",
        List.copyOf(digests),
        List.of(Blob.State.PENDING, Blob.State.PRESENT));
  }

  /**
   * Locks the rows of these digests, all of them in one order: of two ends with the same new digest
   * one waits, and then finds the other's row PRESENT.
   */
  Map<String, Blob> lock(Collection<String> digests) {
    getSession()
        .createNativeQuery(
            """
            select id from blob
            where sha256 in (:digests) and state in ('PENDING', 'PRESENT')
            order by sha256, id for update
            """,
            Object.class) // see Locks
        .setParameter("digests", List.copyOf(digests))
        .getResultList();
    // A new statement: what was locked may have changed while this one waited.
    getSession().clear();
    return candidates(digests).stream().collect(Collectors.toMap(Blob::id, Function.identity()));
  }

  /** Those of these rows whose objects are to be had. */
  public Set<String> kept(Collection<String> ids) {
    return list("id in ?1 and state = ?2", List.copyOf(ids), Blob.State.PRESENT).stream()
        .map(Blob::id)
        .collect(Collectors.toSet());
  }

  /**
   * Whether the object is to be had; if so, nobody can doom its row until this transaction ends.
   */
  public boolean hold(String id) {
    return !getSession()
        .createNativeQuery(
            "select id from blob where id = :id and state = 'PRESENT' for key share", Object.class)
        .setParameter("id", id)
        .getResultList()
        .isEmpty();
  }

  /** The row of the object that is in the store. */
  public Optional<Blob> present(Sha256 digest) {
    return find("sha256 = ?1 and state = ?2", digest.hex(), Blob.State.PRESENT)
        .firstResultOptional();
  }

  void markPresent(String id) {
    getSession()
        .createNativeQuery(
            """
            update blob set state = 'PRESENT', last_used_at = clock_timestamp()
            where id = :id and state = 'PENDING'
            """)
        .setParameter("id", id)
        .executeUpdate();
  }

  /** The store does not have it after all: records that refer to it are no answer any more. */
  boolean doom(String id) {
    return getSession()
            .createNativeQuery(
                """
                update blob set state = 'DOOMED', collect_at = now()
                where id = :id and state <> 'DOOMED'
                """)
            .setParameter("id", id)
            .executeUpdate()
        > 0;
  }
}
