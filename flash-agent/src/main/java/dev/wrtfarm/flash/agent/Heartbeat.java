package dev.wrtfarm.flash.agent;

import dev.wrtfarm.common.agent.FlashLease;
import dev.wrtfarm.common.agent.TransitionReply;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.flash.farm.Farm;
import dev.wrtfarm.flash.farm.FarmRefused;
import dev.wrtfarm.flash.farm.FarmUnreachable;
import dev.wrtfarm.flash.farm.LeaseLost;
import dev.wrtfarm.flash.farm.StateRefused;
import dev.wrtfarm.flash.lane.RunStatus;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a job's lease while somebody works on it, tells where the work is, and hears whether it is
 * to be stopped. A lease that is lost ends nothing that has begun to write.
 */
final class Heartbeat implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Heartbeat.class.getName());
  private static final String VERIFY = "verify";

  private final Farm farm;
  private final FlashLease lease;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private RunStatus status;
  private boolean closed;
  private volatile boolean cancelled;
  private volatile boolean lost;
  private boolean verifyingTold;

  private Heartbeat(Farm farm, FlashLease lease, String phase) {
    this.farm = farm;
    this.lease = lease;
    this.status = new RunStatus(phase, 0, "");
  }

  static Heartbeat start(Farm farm, FlashLease lease, String phase) {
    Heartbeat heartbeat = new Heartbeat(farm, lease, phase);
    Thread.ofVirtual().name("heartbeat-" + lease.job()).start(heartbeat::beat);
    return heartbeat;
  }

  /** Silent for work that is over: a lease is not kept for the sake of a report. */
  static Heartbeat startIf(boolean alive, Farm farm, FlashLease lease) {
    return alive ? start(farm, lease, "adopted") : new Heartbeat(farm, lease, "");
  }

  /** A new phase, or something that a person should know, is told at once. */
  void status(RunStatus now) {
    lock.lock();
    try {
      boolean tell =
          !status.phase().equals(now.phase())
              || status.detail().isEmpty() != now.detail().isEmpty();
      status = now;
      if (tell) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isCancelled() {
    return cancelled;
  }

  /** The farm said that the job is not ours any more. */
  boolean isLost() {
    return lost;
  }

  private void beat() {
    try {
      for (RunStatus now = next(false); now != null && !lost; now = next(true)) {
        tell(now);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The status to tell; null when there is nothing to tell any more. */
  private @Nullable RunStatus next(boolean pause) throws InterruptedException {
    lock.lock();
    try {
      if (pause && !closed) {
        long millis = farm.patience().heartbeat().toMillis();
        boolean signalled = changed.await(millis, TimeUnit.MILLISECONDS);
        LOG.log(Level.TRACE, "job {0}: signalled {1}", lease.job(), signalled);
      }
      return closed ? null : status;
    } finally {
      lock.unlock();
    }
  }

  private void tell(RunStatus now) throws InterruptedException {
    try {
      if (now.phase().equals(VERIFY) && !verifyingTold) {
        hear(farm.tryTransition(lease, FlashState.VERIFYING));
        verifyingTold = true;
      }
      hear(farm.progress(lease, now.phase(), now.percent(), now.detail()));
    } catch (LeaseLost e) {
      lost = true;
      LOG.log(Level.WARNING, "job {0}: the lease is lost: {1}", lease.job(), e.getMessage());
    } catch (StateRefused e) {
      // A late agent of a job that somebody has to look at: its report will be heard.
      verifyingTold = true;
    } catch (FarmUnreachable | FarmRefused e) {
      LOG.log(Level.INFO, "job {0}: no heartbeat: {1}", lease.job(), e.getMessage());
    }
  }

  private void hear(TransitionReply reply) {
    if (reply.cancel()) {
      cancelled = true;
    }
    if (reply.state().isEnded()) {
      lost = true;
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
