package dev.wrtfarm.api.build;

import dev.wrtfarm.common.value.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.Session;

/**
 * Advisory locks of the transaction. They come first in the order of all locks: advisory, build,
 * requests, blobs by digest. Among themselves: idempotency key, recipe, tenant's turn.
 */
@ApplicationScoped
public class Locks {
  private final Session entities;

  Locks(Session entities) {
    this.entities = entities;
  }

  public void take(String name) {
    // 64 bits of a digest: two names that share them only wait for each other.
    long key = Long.parseUnsignedLong(Sha256.of(name).hex().substring(0, 16), 16);
    entities
        // Object: with a basic type's class Hibernate plans the query anew each time, and keeps all
        // those plans under one hash, so that each costs more than the one before.
        .createNativeQuery("select 1 from pg_advisory_xact_lock(:key)", Object.class)
        .setParameter("key", key)
        .getSingleResult();
  }
}
