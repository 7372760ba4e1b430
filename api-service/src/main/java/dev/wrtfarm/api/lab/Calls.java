package dev.wrtfarm.api.lab;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.Session;

/** When each host's agent last called. */
@ApplicationScoped
public class Calls {
  private static final Duration OFTEN = Duration.ofSeconds(5);
  private static final int MOST = 1_000;

  private final Session entities;

  /** When this replica last wrote it down: who calls often is told seldom. */
  private final Map<String, Long> told = new ConcurrentHashMap<>();

  Calls(Session entities) {
    this.entities = entities;
  }

  /** A transaction of its own, so that no job's lock waits for it. */
  public void seen(String host) {
    long now = System.nanoTime();
    Long before = told.get(host);
    if (before == null || now - before > OFTEN.toNanos()) {
      if (told.size() >= MOST) {
        told.clear();
      }
      told.put(host, now);
      QuarkusTransaction.requiringNew().run(() -> write(host));
    }
  }

  /** The agent that has this job called. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void seenWith(String job) {
    entities
        .createNativeMutationQuery(
            """
            update lab_host set seen_at = now()
            where id = (select host_id from flash_job where id = :job)
              and seen_at < now() - interval '5 seconds'
            """)
        .setParameter("job", job)
        .executeUpdate();
  }

  /** One that has told no inventory yet is no host of the farm. */
  private void write(String host) {
    entities
        .createNativeMutationQuery(
            "update lab_host set seen_at = now() where id = :host"
                + " and seen_at < now() - interval '5 seconds'")
        .setParameter("host", host)
        .executeUpdate();
  }
}
