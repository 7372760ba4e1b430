package dev.wrtfarm.api.lease;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.Session;

/** Which workers there are: those that call. */
@ApplicationScoped
public class Workers {
  private static final Duration OFTEN = Duration.ofSeconds(5);
  private static final int MOST = 1_000;

  private final Session entities;

  /**
   * When this replica last wrote that the worker was seen: one that claims often is told seldom.
   */
  private final Map<String, Long> told = new ConcurrentHashMap<>();

  Workers(Session entities) {
    this.entities = entities;
  }

  /** A worker called. A transaction of its own, so that no build's lock waits for it. */
  public void seen(String worker) {
    long now = System.nanoTime();
    Long before = told.get(worker);
    if (before == null || now - before > OFTEN.toNanos()) {
      if (told.size() >= MOST) {
        told.clear();
      }
      told.put(worker, now);
      QuarkusTransaction.requiringNew().run(() -> write(worker));
    }
  }

  private void write(String worker) {
    entities
        .createNativeQuery(
            """
            insert into worker (id) values (:id) on conflict (id) do update set seen_at = now()
            where worker.seen_at < now() - interval '5 seconds'
            """)
        .setParameter("id", worker)
        .executeUpdate();
  }

  /** The worker that holds this build called. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void seenWith(String build) {
    entities
        .createNativeQuery(
            """
            update worker set seen_at = now()
            where id = (select worker from build where id = :build)
              and seen_at < now() - interval '5 seconds'
            """)
        .setParameter("build", build)
        .executeUpdate();
  }
}
