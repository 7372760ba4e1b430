package dev.wrtfarm.api.submission;

import dev.wrtfarm.api.build.Locks;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/** What each idempotency key of the last 24 hours stands for. In the caller's transaction. */
@ApplicationScoped
public class IdempotencyKeys {
  private final Session entities;
  private final Locks locks;

  IdempotencyKeys(Session entities, Locks locks) {
    this.entities = entities;
    this.locks = locks;
  }

  /** A key of one scope is none of the other: a caller may use the same in both. */
  public enum Scope {
    /** Stands for a request. */
    BUILD,
    /** Stands for a batch of flash jobs. */
    FLASH
  }

  /**
   * What this key stands for, if it came before; holds off others with the same key. Throws {@link
   * KeyReused}.
   */
  public Optional<String> find(Scope scope, String tenant, IdempotencyKey key) {
    locks.take("idempotency " + scope + " " + tenant + " " + key.value());
    List<Object[]> rows =
        entities
            .createNativeQuery(
                """
                select body_sha256, stands_for from idempotency_key
                where scope = :scope and tenant = :tenant and key = :key
                  and created_at > now() - %s
                """
                    .formatted(IdempotencyKey.LIFETIME),
                Object[].class)
            .setParameter("scope", scope.name())
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
  public void keep(Scope scope, String tenant, IdempotencyKey key, String standsFor) {
    entities
        .createNativeMutationQuery(
            """
            insert into idempotency_key (scope, tenant, key, body_sha256, stands_for)
            values (:scope, :tenant, :key, :body, :standsFor)
            on conflict (scope, tenant, key) do update set body_sha256 = excluded.body_sha256,
              stands_for = excluded.stands_for, created_at = excluded.created_at
            """)
        .setParameter("scope", scope.name())
        .setParameter("tenant", tenant)
        .setParameter("key", key.value())
        .setParameter("body", key.bodySha256())
        .setParameter("standsFor", standsFor)
        .executeUpdate();
  }
}
