package dev.wrtfarm.api.retention;

import dev.wrtfarm.api.submission.IdempotencyKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/**
 * Deletes flash jobs that ended long ago.
 *
 * <p><b>What is on a card stays known.</b> A job that may have written to its card, or found
 * something else on it, goes only after a later one has put a whole image there and passed. So of
 * each card the last good flash stays, and all that throws doubt on it. Whether it may have written
 * the agent's journal tells too: a farm whose database was restored takes a job for one that never
 * began which its agent has long carried out.
 *
 * <p><b>A run counts once.</b> While its job is there, what a journal tells of the same run does
 * not count beside it; so the two go together, and not before the journal has told the run's end:
 * nothing comes after that which could be taken for a newer run. Whichever host told it: one that
 * was renamed tells all its runs again. The journal's lines themselves stay.
 *
 * <p>As with {@link ExpiredRecords} the rows are locked first, and what is checked afterwards
 * cannot change any more: whoever reads a card again locks the earlier job too.
 */
@ApplicationScoped
class ExpiredFlashJobs {
  private static final int BATCH = 50;

  /** A later job has put a whole image on this card. */
  private static final String FLASHED_SINCE =
      """
      exists (
        select 1 from flash_job n
        where n.card_id = %s and n.kind = 'FLASH' and n.state = 'PASSED'
          and n.verdict is distinct from 'PARTIAL' and n.started_at > j.ended_at)
      """;

  private static final String OLD =
      """
      j.ended_at < now() - make_interval(secs => :age)
        and (j.card_id is null
          or not (j.kind = 'FLASH' and j.state in ('PASSED', 'FAILED')
              and j.wrote is distinct from false
            or j.kind = 'VERIFY' and j.state = 'FAILED')
          or %s
            and (j.kind = 'VERIFY' or exists (
              select 1 from journal_run r
              where r.host_id = j.host_id and r.job = j.id and r.ended_at is not null)))
        and not exists (
          select 1 from journal_run r
          where r.job = j.id and r.kind = 'FLASH' and r.wrote is distinct from false
            and (r.ended_at is null or not %s))
        and not exists (select 1 from flash_job v where v.rechecks = j.id)
        and not exists (
          select 1 from idempotency_key k
          where k.scope = 'FLASH' and k.stands_for = j.batch and k.created_at > now() - %s)
      """
          .formatted(
              FLASHED_SINCE.formatted("j.card_id"),
              FLASHED_SINCE.formatted("r.card_id"),
              IdempotencyKey.LIFETIME);

  private final Session entities;

  ExpiredFlashJobs(Session entities) {
    this.entities = entities;
  }

  /** Deletes some that ended so long ago; answers how many. */
  @Transactional
  int delete(Duration age) {
    List<String> locked =
        old(age, " order by j.ended_at limit %d for update of j skip locked".formatted(BATCH))
            .getResultList();
    if (locked.isEmpty()) {
      return 0;
    }
    List<String> jobs =
        old(age, " and j.id in (:locked)").setParameter("locked", locked).getResultList();
    if (!jobs.isEmpty()) {
      delete("delete from journal_run where job in (:jobs)", jobs);
      delete("delete from flash_job where id in (:jobs)", jobs);
    }
    return jobs.size();
  }

  private NativeQuery<String> old(Duration age, String rest) {
    return entities
        .createNativeQuery("select j.id from flash_job j where " + OLD + rest, String.class)
        .setParameter("age", age.toMillis() / 1000.0);
  }

  private void delete(String statement, List<String> jobs) {
    entities.createNativeMutationQuery(statement).setParameter("jobs", jobs).executeUpdate();
  }
}
