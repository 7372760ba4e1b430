package dev.wrtfarm.api.build;

import dev.wrtfarm.common.value.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.Session;

/**
 * Advisory locks of the transaction. They come first in the order of all locks: advisory, build,
 * requests, blobs by digest.
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
        .createNativeQuery("select 1 from pg_advisory_xact_lock(:key)", Integer.class)
        .setParameter("key", key)
        .getSingleResult();
  }
}
