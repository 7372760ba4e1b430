package dev.wrtfarm.api.flash;

import dev.wrtfarm.api.build.NoSuchThing;
import dev.wrtfarm.common.flash.CardState;
import dev.wrtfarm.common.rest.CardView;
import dev.wrtfarm.common.rest.FlashView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;

/** Cards: what is on each since when, and what happened to it. */
@ApplicationScoped
public class Cards {
  private static final String SELECT =
      """
      select c.id, c.label, c.state, c.score, c.host_id, c.slot, c.seen_at,
        i.image_name, i.image_sha256, i.image_id, i.since
      from card c left join card_image i on i.card_id = c.id
      where c.id = :id or :id = '' order by c.seen_at desc, c.id limit :limit
      """;

  private final Session entities;
  private final FlashViews views;

  Cards(Session entities, FlashViews views) {
    this.entities = entities;
    this.views = views;
  }

  /** The one seen last first, without their jobs. */
  @Transactional
  public List<CardView> all(int limit) {
    return rows("", limit).stream().map(row -> view(row, List.of())).toList();
  }

  @Transactional
  public CardView view(String id) {
    return rows(id, 1).stream()
        .findFirst()
        .filter(row -> !id.isEmpty())
        .map(row -> view(row, views.ofCard(id)))
        .orElseThrow(() -> new NoSuchThing("card", id));
  }

  private List<Object[]> rows(String id, int limit) {
    return entities
        .createNativeQuery(SELECT, Object[].class)
        .setParameter("id", id)
        .setParameter("limit", limit)
        .getResultList();
  }

  private static CardView view(Object[] row, List<FlashView> jobs) {
    return new CardView(
        (String) row[0],
        (String) row[1],
        CardState.valueOf((String) row[2]),
        ((Number) row[3]).intValue(),
        (String) row[4],
        (String) row[5],
        (Instant) row[6],
        (String) row[7],
        (String) row[8],
        (String) row[9],
        (Instant) row[10],
        jobs);
  }
}
