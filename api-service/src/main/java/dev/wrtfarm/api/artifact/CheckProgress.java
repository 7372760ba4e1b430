package dev.wrtfarm.api.artifact;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import org.hibernate.Session;

/** How far the round of the store check has come. A replica that dies only holds it up. */
@ApplicationScoped
class CheckProgress {
  private static final int HOLD_SECONDS = 120;

  private final Session entities;
  private final StoreCheckConfig config;

  CheckProgress(Session entities, StoreCheckConfig config) {
    this.entities = entities;
    this.config = config;
  }

  /** The key after which the next page begins, this replica's for a while; empty: none is due. */
  @Transactional
  Optional<String> take() {
    return entities
        .createNativeQuery(
            """
            update store_check set held_until = now() + make_interval(secs => :hold)
            where held_until <= now()
              and (after_key <> '' or ended_at <= now() - make_interval(secs => :interval))
            returning after_key
            """,
            String.class)
        .setParameter("hold", HOLD_SECONDS)
        .setParameter("interval", config.interval().toMillis() / 1000.0)
        .getResultList()
        .stream()
        .findFirst();
  }

  /**
   * The page after this key is done.
   *
   * @param next where the next one begins; empty: the round has ended
   */
  @Transactional
  void reached(String after, String next) {
    entities
        .createNativeQuery(
            """
            update store_check set after_key = :next, held_until = now(),
              ended_at = case when :next = '' then now() else ended_at end
            where after_key = :after
            """)
        .setParameter("next", next)
        .setParameter("after", after)
        .executeUpdate();
  }
}
