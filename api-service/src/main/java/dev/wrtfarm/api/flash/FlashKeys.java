package dev.wrtfarm.api.flash;

import dev.wrtfarm.api.build.Locks;
import dev.wrtfarm.api.submission.IdempotencyKey;
import dev.wrtfarm.api.submission.KeyReused;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/** Which batch each idempotency key of the last 24 hours stands for. */
@ApplicationScoped
class FlashKeys {
  private final Session entities;
  private final Locks locks;

  FlashKeys(Session entities, Locks locks) {
    this.entities = entities;
    this.locks = locks;
  }

  /** The batch of this key, if it came before; holds off others with the same key. */
  Optional<String> find(String tenant, IdempotencyKey key) {
    locks.take("flash idempotency " + tenant + " " + key.value());
    List<Object[]> rows =
        entities
            .createNativeQuery(
                """
                select body_sha256, batch from flash_key
                where tenant = :tenant and key = :key and created_at > now() - %s
                """
                    .formatted(IdempotencyKey.LIFETIME),
                Object[].class)
            .setParameter("tenant", tenant)
            .setParameter("key", key.value())
            .getResultList();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    if (!key.bodySha256().equals(rows.getFirst()[0])) {
      throw new KeyReused(key.value());
    }
    return Optional.of((String) rows.getFirst()[1]);
  }

  /** An older one of the same name, which does not count any more, may still be there. */
  void keep(String tenant, IdempotencyKey key, String batch) {
    entities
        .createNativeMutationQuery(
            """
            insert into flash_key (tenant, key, body_sha256, batch)
            values (:tenant, :key, :body, :batch)
            on conflict (tenant, key) do update set body_sha256 = excluded.body_sha256,
              batch = excluded.batch, created_at = excluded.created_at
            """)
        .setParameter("tenant", tenant)
        .setParameter("key", key.value())
        .setParameter("body", key.bodySha256())
        .setParameter("batch", batch)
        .executeUpdate();
  }
}
