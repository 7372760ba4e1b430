package dev.wrtfarm.api.artifact;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.hibernate.Session;

/** Notes when an object was last used. The times are the clock's, so that they only ever grow. */
@ApplicationScoped
class Uses {
  private final Session entities;
  private final Lifetimes lifetimes;

  Uses(Session entities, Lifetimes lifetimes) {
    this.entities = entities;
    this.lifetimes = lifetimes;
  }

  /**
   * Notes a use now. One that was noted a moment ago is enough: {@link Lifetimes#grace} knows.
   *
   * @return whether the object is to be had at all
   */
  @Transactional(Transactional.TxType.MANDATORY)
  boolean note(String blob) {
    List<Boolean> lately =
        entities
            .createNativeQuery(
                """
                select last_used_at > clock_timestamp() - make_interval(secs => :every)
                from blob where id = :id and state = 'PRESENT'
                """,
                Boolean.class)
            .setParameter("every", lifetimes.touchEvery().toMillis() / 1000.0)
            .setParameter("id", blob)
            .getResultList();
    return !lately.isEmpty() && (lately.getFirst() || touch(blob));
  }

  /**
   * The collector and this meet at the row's lock: whoever comes second sees what the first did.
   */
  private boolean touch(String blob) {
    return entities
            .createNativeQuery(
                """
                update blob set last_used_at = clock_timestamp()
                where id = :id and state = 'PRESENT'
                """)
            .setParameter("id", blob)
            .executeUpdate()
        > 0;
  }
}
