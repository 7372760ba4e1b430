package dev.wrtfarm.api.retention;

import dev.wrtfarm.api.submission.IdempotencyKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.hibernate.Session;

/** Deletes what outlived its purpose without being anybody's. */
@ApplicationScoped
class Leftovers {
  private static final int BATCH = 200;

  private static final String UNUSED =
      "not exists (select 1 from build b where b.package_set_digest = p.digest)";

  private final Session entities;

  Leftovers(Session entities) {
    this.entities = entities;
  }

  /** Idempotency keys that do not count any more. */
  @Transactional
  int deleteKeys() {
    return entities
        .createNativeQuery(
            """
            delete from idempotency_key where (scope, tenant, key) in (
              select scope, tenant, key from idempotency_key
              where created_at < now() - %s
              order by created_at limit %d for update skip locked)
            """
                .formatted(IdempotencyKey.LIFETIME, BATCH))
        .executeUpdate();
  }

  /** Whoever is about to use one holds its row: it is skipped, or was used when looked at again. */
  @Transactional
  int deletePackageSets() {
    List<String> locked =
        entities
            .createNativeQuery(
                "select p.digest from package_set p where %s limit %d for update of p skip locked"
                    .formatted(UNUSED, BATCH),
                String.class)
            .getResultList();
    return locked.isEmpty()
        ? 0
        : entities
            .createNativeQuery(
                "delete from package_set p where p.digest in (:digests) and " + UNUSED)
            .setParameter("digests", locked)
            .executeUpdate();
  }
}
