package dev.wrtfarm.api.offer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.hibernate.Session;

/** {@code build.offer_at} is the outbox: when an offer is due, and null once it is sent. */
@ApplicationScoped
class OfferOutbox {
  private static final int BATCH = 100;

  private final Session entities;

  OfferOutbox(Session entities) {
    this.entities = entities;
  }

  /** The builds whose offers are due; nobody else will send them. */
  @Transactional
  List<String> take() {
    return entities
        .createNativeQuery(
            """
            update build set offer_at = null where id in (
              select id from build where offer_at is not null and offer_at <= now()
              order by offer_at limit %d for update skip locked)
            returning id
            """
                .formatted(BATCH),
            Object.class)
        .getResultStream()
        .map(String.class::cast)
        .toList();
  }

  /** These could not be sent. */
  @Transactional
  void giveBack(List<String> builds) {
    if (!builds.isEmpty()) {
      entities
          .createNativeQuery(
              """
              update build set offer_at = now()
              where id in (:builds) and state = 'QUEUED' and offer_at is null
              """)
          .setParameter("builds", builds)
          .executeUpdate();
    }
  }
}
