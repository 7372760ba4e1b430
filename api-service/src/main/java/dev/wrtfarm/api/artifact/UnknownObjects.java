package dev.wrtfarm.api.artifact;

import dev.wrtfarm.api.artifact.ObjectStore.Listed;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.regex.Pattern;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/** Objects that no row knows: written down when first seen, deleted after a long grace. */
@ApplicationScoped
class UnknownObjects {
  private static final Logger LOG = Logger.getLogger(UnknownObjects.class);
  private static final Pattern OURS =
      Pattern.compile(Blobs.FOLDER + "[0-9a-f]{2}/[0-9a-f]{64}/[0-9a-f-]{36}");
  private static final int BATCH = 100;

  private final Session entities;
  private final StoreCheckConfig config;

  UnknownObjects(Session entities, StoreCheckConfig config) {
    this.entities = entities;
    this.config = config;
  }

  /** Writes down those that are new, and that are still there: the collector may just be at it. */
  void note(List<Listed> objects, ObjectStore store) {
    for (Listed each : objects) {
      if (OURS.matcher(each.key()).matches()
          && QuarkusTransaction.requiringNew().call(() -> isNew(each.key()))
          && store.sizeOf(each.key()).isPresent()) {
        LOG.infof("no row knows %s: it goes in %s", each.key(), config.unknownGrace());
        QuarkusTransaction.requiringNew().run(() -> insert(each));
      }
    }
  }

  private boolean isNew(String key) {
    return entities
        .createNativeQuery(
            """
            select object_key from unknown_object where object_key = :key
            union all select object_key from blob where object_key = :key
            """,
            String.class)
        .setParameter("key", key)
        .getResultList()
        .isEmpty();
  }

  private void insert(Listed object) {
    entities
        .createNativeQuery(
            """
            insert into unknown_object (object_key, size) values (:key, :size)
            on conflict do nothing
            """)
        .setParameter("key", object.key())
        .setParameter("size", object.size())
        .executeUpdate();
  }

  void deleteOld(ObjectStore store, StoreFigures figures) {
    List<String> old = QuarkusTransaction.requiringNew().call(this::old);
    while (!old.isEmpty()) {
      for (String key : old) {
        // Rows never come to a key later; a database that was restored may bring one back.
        if (!QuarkusTransaction.requiringNew().call(() -> isKnown(key))) {
          store.delete(key);
          figures.unknownDeleted();
        }
        QuarkusTransaction.requiringNew().run(() -> forget(key));
      }
      old = QuarkusTransaction.requiringNew().call(this::old);
    }
  }

  private List<String> old() {
    return entities
        .createNativeQuery(
            """
            select object_key from unknown_object
            where seen_at < now() - make_interval(secs => :grace) order by seen_at limit %d
            """
                .formatted(BATCH),
            String.class)
        .setParameter("grace", config.unknownGrace().toMillis() / 1000.0)
        .getResultList();
  }

  private boolean isKnown(String key) {
    return !entities
        .createNativeQuery("select id from blob where object_key = :key", String.class)
        .setParameter("key", key)
        .getResultList()
        .isEmpty();
  }

  private void forget(String key) {
    entities
        .createNativeQuery("delete from unknown_object where object_key = :key")
        .setParameter("key", key)
        .executeUpdate();
  }
}
