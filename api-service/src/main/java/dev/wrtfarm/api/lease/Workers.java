package dev.wrtfarm.api.lease;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.hibernate.Session;

/** Which workers there are: those that call. */
@ApplicationScoped
public class Workers {
  private final Session entities;

  Workers(Session entities) {
    this.entities = entities;
  }

  /** A worker called. A transaction of its own, so that no build's lock waits for it. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void seen(String worker) {
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
