package dev.wrtfarm.api.figure;

import dev.wrtfarm.common.rest.FarmView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.hibernate.Session;

/** The queue in numbers, by one query. */
@ApplicationScoped
public class FarmFigures {
  /** Answers for everybody, however many ask. */
  record Queue(
      long queued,
      long running,
      long oldestQueuedSeconds,
      long offersWaiting,
      long oldestOfferSeconds) {
    static final Queue EMPTY = new Queue(0, 0, 0, 0, 0);
  }

  private final Session entities;

  FarmFigures(Session entities) {
    this.entities = entities;
  }

  @Transactional
  Queue queue() {
    Object[] row =
        entities
            .createNativeQuery(
                """
                select count(*) filter (where state = 'QUEUED'),
                  count(*) filter (where state = 'RUNNING'),
                  cast(coalesce(extract(epoch from
                    now() - min(created_at) filter (where state = 'QUEUED')), 0) as bigint),
                  count(*) filter (where offer_at is not null),
                  cast(coalesce(extract(epoch from now() - min(offer_at)
                    filter (where offer_at <= now())), 0) as bigint)
                from build where state in ('QUEUED', 'RUNNING')
                """,
                Object[].class)
            .getSingleResult();
    return new Queue(
        number(row[0]), number(row[1]), number(row[2]), number(row[3]), number(row[4]));
  }

  @Transactional
  public FarmView view() {
    Queue queue = queue();
    return new FarmView(
        queue.queued(),
        queue.running(),
        queue.oldestQueuedSeconds(),
        queue.offersWaiting(),
        workers());
  }

  private List<FarmView.WorkerView> workers() {
    return entities
        .createNativeQuery(
            """
            select w.id,
              (select count(*) from build b where b.state = 'RUNNING' and b.worker = w.id),
              cast(extract(epoch from now() - w.seen_at) as bigint)
            from worker w where w.seen_at > now() - interval '1 minute' order by w.id
            """,
            Object[].class)
        .getResultList()
        .stream()
        .map(row -> new FarmView.WorkerView((String) row[0], number(row[1]), number(row[2])))
        .toList();
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }
}
