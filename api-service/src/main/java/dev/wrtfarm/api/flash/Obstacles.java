package dev.wrtfarm.api.flash;

import dev.wrtfarm.api.lab.Hosts;
import dev.wrtfarm.api.lab.SlotState;
import dev.wrtfarm.common.flash.FlashState;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Why jobs do not go on by themselves, in words. In the caller's transaction. */
@ApplicationScoped
class Obstacles {
  private static final String SELECT =
      """
      select j.id, coalesce(h.%s, false),
        cast(coalesce(extract(epoch from now() - h.seen_at), -1) as bigint),
        s.state, cast(s.report as jsonb) ->> 'message',
        (select o.id || ' (' || o.state || case o.state
            when 'PLANNED' then '): confirm its plan, or cancel it'
            when 'NEEDS_CHECK' then '): look at the card and resolve it'
            else ')' end from flash_job o
          where o.host_id = j.host_id and o.slot = j.slot and o.id <> j.id and o.%s),
        (select count(*) from flash_job o where o.host_id = j.host_id and o.slot = j.slot
          and o.state = 'REQUESTED' and o.seq < j.seq),
        j.lease_until is not null,
        cast(coalesce(extract(epoch from j.plan_until - now()), 0) as bigint)
      from flash_job j left join lab_host h on h.id = j.host_id
        left join lab_slot s on s.host_id = j.host_id and s.slot = j.slot
      where j.id in (:ids)
      """
          .formatted(Hosts.ONLINE, FlashJobs.HOLDS);

  private final Session entities;

  Obstacles(Session entities) {
    this.entities = entities;
  }

  /** What the database knows of a job's surroundings. */
  private record Around(
      boolean online,
      long silentSeconds,
      @Nullable String slotState,
      @Nullable String slotMessage,
      @Nullable String holder,
      long before,
      boolean leased,
      long planSeconds) {

    static Around of(Object[] row) {
      return new Around(
          (Boolean) row[1],
          ((Number) row[2]).longValue(),
          (String) row[3],
          (String) row[4],
          (String) row[5],
          ((Number) row[6]).longValue(),
          (Boolean) row[7],
          ((Number) row[8]).longValue());
    }
  }

  /** By job; none for those that go on. */
  Map<String, String> of(List<FlashJob> jobs) {
    List<FlashJob> unfinished = jobs.stream().filter(job -> !job.state.isEnded()).toList();
    Map<String, String> found = new HashMap<>();
    if (unfinished.isEmpty()) {
      return found;
    }
    Map<String, Around> around = new HashMap<>();
    entities
        .createNativeQuery(SELECT, Object[].class)
        .setParameter("ids", unfinished.stream().map(FlashJob::id).toList())
        .getResultStream()
        .forEach(row -> around.put((String) row[0], Around.of(row)));
    unfinished.forEach(job -> {
      Around seen = around.get(job.id);
      if (seen != null) {
        found.put(job.id, obstacle(job, seen));
      }
    });
    return found;
  }

  private static String obstacle(FlashJob job, Around around) {
    return switch (job.state) {
      case REQUESTED -> around.leased() ? "" : beforePlan(job, around);
      case PLANNED ->
          "somebody has to confirm the plan within %d s"
              .formatted(Math.max(0, around.planSeconds()));
      case CONFIRMED -> around.leased() || around.online() ? "" : offline(job, around);
      case NEEDS_CHECK ->
          "its agent was lost after it had the word to write: look at the card in slot %s, then"
                  .formatted(job.slot)
              + " resolve the job";
      default -> "";
    };
  }

  private static String beforePlan(FlashJob job, Around around) {
    if (!around.online()) {
      return offline(job, around);
    }
    if (around.holder() != null) {
      return "slot %s is held by %s".formatted(job.slot, around.holder());
    }
    if (around.before() > 0) {
      return "%d before it in the line of slot %s".formatted(around.before(), job.slot);
    }
    if (around.slotState() == null) {
      return "the agent of %s has no slot %s any more".formatted(job.host, job.slot);
    }
    if (SlotState.valueOf(around.slotState()) == SlotState.READY) {
      return "";
    }
    String state = SlotState.valueOf(around.slotState()).word();
    return "slot %s is %s".formatted(job.slot, state)
        + (around.slotMessage() == null ? "" : ": " + around.slotMessage());
  }

  private static String offline(FlashJob job, Around around) {
    String plan =
        job.state == FlashState.CONFIRMED
            ? "; its plan is good for another %d s".formatted(Math.max(0, around.planSeconds()))
            : "";
    return around.silentSeconds() < 0
        ? "no agent of %s has called".formatted(job.host) + plan
        : "the agent of %s is offline: it last called %d s ago"
                .formatted(job.host, around.silentSeconds())
            + plan;
  }
}
