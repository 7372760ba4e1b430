package dev.wrtfarm.api.build;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.Session;

/** Notes when a record was last used: so long, and a while longer, retention leaves it alone. */
@ApplicationScoped
class LastUse {
  private final Session entities;

  LastUse(Session entities) {
    this.entities = entities;
  }

  /**
   * Notes a use of a build and of the record whose files it shows. Retention counts days, so ten
   * minutes do not matter; nobody waits for a row that somebody else holds.
   */
  void note(Build build) {
    entities
        .createNativeQuery(
            """
            update build set last_used_at = now() where id in (
              select id from build
              where id in (:ids) and last_used_at < now() - interval '10 minutes'
                and state not in ('QUEUED', 'RUNNING')
              for update skip locked)
            """)
        .setParameter("ids", List.of(build.id, build.record()))
        .executeUpdate();
  }
}
