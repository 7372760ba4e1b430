package dev.wrtfarm.api.flash;

import dev.wrtfarm.api.build.NoSuchThing;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads flash jobs, and locks their rows. Every method runs in the caller's transaction. */
@ApplicationScoped
public class FlashJobs implements PanacheRepositoryBase<FlashJob, String> {
  /** From its plan to its end a job has its slot and its card, as in SQL. */
  static final String HOLDS =
      "state in ('PLANNED', 'CONFIRMED', 'WRITING', 'VERIFYING', 'NEEDS_CHECK')";

  private static final String CLAIMABLE =
      """
      select j.* from flash_job j
      where j.host_id = :host and j.slot in (:slots) and j.lease_until is null and (
        (j.state = 'CONFIRMED' and j.plan_until > now())
        or (j.state = 'REQUESTED' and not exists (
          select 1 from flash_job o where o.host_id = j.host_id and o.slot = j.slot
            and (o.%s or (o.state = 'REQUESTED' and o.seq < j.seq)))))
      order by j.state = 'CONFIRMED' desc, j.seq limit 1 for update
      """
          .formatted(HOLDS);

  /** Locks the row and reads it as it is then. */
  public Optional<FlashJob> lock(String id) {
    getSession().clear();
    return Optional.ofNullable(
        getSession().find(FlashJob.class, id, LockModeType.PESSIMISTIC_WRITE));
  }

  FlashJob lockExisting(String id) {
    return lock(id).orElseThrow(() -> new NoSuchThing("flash job", id));
  }

  /**
   * Locks what an agent with these free slots should do next: a confirmed plan, for that does not
   * keep, or else the first in the line of a slot that no job holds.
   */
  public Optional<FlashJob> lockClaimable(String host, List<String> slots) {
    getSession().clear();
    return getSession()
        .createNativeQuery(CLAIMABLE, FlashJob.class)
        .setParameter("host", host)
        .setParameter("slots", slots)
        .getResultStream()
        .findFirst();
  }

  /** The job that was claimed with this secret, if the lease is still its. */
  public Optional<FlashJob> lockClaimed(String secretSha256) {
    return find("secretSha256", secretSha256)
        .firstResultOptional()
        .map(FlashJob::id)
        .flatMap(this::lock)
        .filter(job -> secretSha256.equals(job.secretSha256));
  }

  /** Whether its plan is too old to be confirmed, or to be begun; the database has the clock. */
  public boolean isPlanOver(FlashJob job) {
    return is("plan_until <= now()", job);
  }

  /** Whether the agent has said, since it was lost with this job, that no lane of it lives. */
  boolean hasNoLane(FlashJob job) {
    return is(
        """
        exists (select 1 from lab_host h where h.id = flash_job.host_id
          and h.inventory_at > flash_job.lost_at
          and not jsonb_exists(h.lanes, flash_job.id))
        """,
        job);
  }

  private boolean is(String condition, FlashJob job) {
    return Objects.equals(
        getSession()
            .createNativeQuery(
                "select " + condition + " from flash_job where id = :id", Boolean.class)
            .setParameter("id", job.id())
            .getSingleResult(),
        Boolean.TRUE);
  }

  /** Another job that has this card to itself. */
  public Optional<FlashJob> holder(String card, String otherThan) {
    return getSession()
        .createNativeQuery(
            "select j.* from flash_job j where j.card_id = :card and j.id <> :id and j." + HOLDS,
            FlashJob.class)
        .setParameter("card", card)
        .setParameter("id", otherThan)
        .getResultStream()
        .findFirst();
  }
}
