package dev.wrtfarm.api.flashlease;

import dev.wrtfarm.api.build.Text;
import dev.wrtfarm.api.flash.FlashJob;
import dev.wrtfarm.api.flash.FlashJobs;
import dev.wrtfarm.api.flash.FlashTransition;
import dev.wrtfarm.api.lease.LeaseLost;
import dev.wrtfarm.api.lease.LeaseSecret;
import dev.wrtfarm.common.agent.FlashLease;
import dev.wrtfarm.common.agent.FlashProgress;
import dev.wrtfarm.common.agent.TransitionReply;
import dev.wrtfarm.common.flash.FlashState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;

/**
 * The fence alone decides: an agent's call is valid exactly while its fence and secret are the
 * job's, whether or not its time ran out.
 */
@ApplicationScoped
public class FlashLeases {
  private static final int LONGEST_PHASE = 40;
  private static final int LONGEST_DETAIL = 200;
  private static final int WHOLE = 100;

  private final FlashJobs jobs;
  private final FlashLeaseConfig config;

  FlashLeases(FlashJobs jobs, FlashLeaseConfig config) {
    this.jobs = jobs;
    this.config = config;
  }

  /** Locks the lease's job; empty when the lease is not the job's any more. */
  Optional<FlashJob> lock(FlashLease lease) {
    return jobs.lock(lease.job())
        .filter(job -> job.fence() == lease.fence())
        .filter(job -> LeaseSecret.matches(lease.secret(), job.secretSha256()));
  }

  /**
   * The job whose lease ended with just this change: the answer to it was lost. What happened to
   * the job since then is none of the agent's.
   */
  Optional<FlashJob> toldBefore(FlashLease lease, FlashState to) {
    return jobs.findByIdOptional(lease.job())
        .filter(job -> Long.valueOf(lease.fence()).equals(job.toldFence()))
        .filter(job -> LeaseSecret.matches(lease.secret(), job.toldSecretSha256()))
        .filter(job -> job.told() != null && isSame(job.told(), to));
  }

  /** Somebody else may have to confirm what the agent would have confirmed itself. */
  private static boolean isSame(FlashTransition told, FlashState to) {
    boolean plan = told == FlashTransition.PLAN || told == FlashTransition.PLAN_UNATTENDED;
    return plan ? to == FlashState.PLANNED || to == FlashState.CONFIRMED : told.to() == to;
  }

  /**
   * Keeps the lease, and tells whether the run should stop. Of a job that has ended since then, it
   * tells how: an agent whose card is locked must not take a farm that has lost its memory for one
   * in which somebody has looked at the card.
   */
  @Transactional
  public TransitionReply progress(FlashProgress told) {
    Optional<FlashJob> held = lock(told.lease());
    if (held.isEmpty()) {
      return ended(told.lease())
          .map(job -> new TransitionReply(job.state(), job.cancelAsked()))
          .orElseThrow(() -> LeaseLost.ofFlashJob(told.lease().job()));
    }
    keep(held.get(), told);
    return new TransitionReply(held.get().state(), held.get().cancelAsked());
  }

  private Optional<FlashJob> ended(FlashLease lease) {
    return jobs.findByIdOptional(lease.job())
        .filter(job -> job.state().isEnded())
        .filter(job -> job.fence() > lease.fence());
  }

  private void keep(FlashJob job, FlashProgress told) {
    jobs.getSession()
        .createNativeMutationQuery(
            """
            update flash_job set phase = :phase, percent = :percent, detail = :detail,
              lease_until = case when state = 'NEEDS_CHECK' then null
                else now() + make_interval(secs => :seconds) end
            where id = :id and fence = :fence
            """)
        .setParameter("phase", Text.clean(told.phase(), LONGEST_PHASE))
        .setParameter("percent", Math.clamp(told.percent(), 0, WHOLE))
        .setParameter("detail", Text.clean(told.detail(), LONGEST_DETAIL))
        .setParameter("seconds", config.lease().toMillis() / 1000.0)
        .setParameter("id", job.id())
        .setParameter("fence", job.fence())
        .executeUpdate();
  }
}
