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
    return deleteKeys("idempotency_key") + deleteKeys("flash_key");
  }

  private int deleteKeys(String table) {
    return entities
        .createNativeQuery(
            """
            delete from %1$s where (tenant, key) in (
              select tenant, key from %1$s
              where created_at < now() - %2$s
              order by created_at limit %3$d for update skip locked)
            """
                .formatted(table, IdempotencyKey.LIFETIME, BATCH))
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
