package dev.wrtfarm.api.submission;

import dev.wrtfarm.api.build.Locks;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/** Which request each idempotency key of the last 24 hours stands for. */
@ApplicationScoped
class IdempotencyKeys {
  private final Session entities;
  private final Locks locks;

  IdempotencyKeys(Session entities, Locks locks) {
    this.entities = entities;
    this.locks = locks;
  }

  /** The request of this key, if it came before; holds off others with the same key. */
  Optional<String> find(String tenant, IdempotencyKey key) {
    locks.take("idempotency " + tenant + " " + key.value());
    List<Object[]> rows =
        entities
            .createNativeQuery(
                """
                select body_sha256, request_id from idempotency_key
                where tenant = :tenant and key = :key
                  and created_at > now() - %s
                """
                    .formatted(IdempotencyKey.LIFETIME),
                Object[].class)
            .setParameter("tenant", tenant)
            .setParameter("key", key.value())
            .getResultList();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    Object[] row = rows.getFirst();
    if (!key.bodySha256().equals(row[0])) {
      throw new KeyReused(key.value());
    }
    return Optional.of((String) row[1]);
  }

  /** An older one of the same name, which does not count any more, may still be there. */
  void keep(String tenant, IdempotencyKey key, String request) {
    entities
        .createNativeQuery(
            """
            insert into idempotency_key (tenant, key, body_sha256, request_id)
            values (:tenant, :key, :body, :request)
            on conflict (tenant, key) do update set body_sha256 = excluded.body_sha256,
              request_id = excluded.request_id, created_at = excluded.created_at
            """)
        .setParameter("tenant", tenant)
        .setParameter("key", key.value())
        .setParameter("body", key.bodySha256())
        .setParameter("request", request)
        .executeUpdate();
  }
}
