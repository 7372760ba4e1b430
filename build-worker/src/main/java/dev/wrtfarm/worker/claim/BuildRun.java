package dev.wrtfarm.worker.claim;

import dev.wrtfarm.common.build.Failure;
import dev.wrtfarm.common.build.FailureClass;
import dev.wrtfarm.common.build.Stage;
import dev.wrtfarm.worker.attempt.Attempt;
import dev.wrtfarm.worker.attempt.BuildFailed;
import dev.wrtfarm.worker.attempt.Progress;
import dev.wrtfarm.worker.farm.FarmRefused;
import dev.wrtfarm.worker.farm.FarmUnreachable;
import dev.wrtfarm.worker.farm.LeaseLost;
import dev.wrtfarm.worker.farm.LeasedBuild;
import dev.wrtfarm.worker.host.Folders;
import dev.wrtfarm.worker.log.BuildLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One claimed build on a thread of its own, from claim to end. Whatever happens, the farm hears of
 * it: an end, a failure, or a release; only a lost lease, and a failure that the farm refuses to
 * hear, are left in silence.
 */
final class BuildRun implements Runnable {
  private static final Logger LOG = Logger.getLogger(BuildRun.class);

  private static final String STOPPED = "stopped";

  private final LeasedBuild build;
  private final StageLine line;
  private final Path dir;
  private final Duration heartbeat;
  private final Outcomes outcomes;
  private final Progress progress = new Progress();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Thread thread;
  private volatile @Nullable String stopped;
  private volatile boolean failing;

  BuildRun(LeasedBuild build, StageLine line, Path dir, Duration heartbeat, Outcomes outcomes) {
    this.build = build;
    this.line = line;
    this.dir = dir;
    this.heartbeat = heartbeat;
    this.outcomes = outcomes;
  }

  String id() {
    return build.claim().build();
  }

  /** Ends the run soon, from any thread; nothing is reported. */
  void stop(String why) {
    if (stopped == null) {
      stopped = why;
    }
    Thread running = thread;
    // A run that gives itself back still has to say so.
    if (running != null && running != Thread.currentThread()) {
      running.interrupt();
    }
  }

  /**
   * Gives the build back, so that another worker need not wait for the lease to run out.
   *
   * @param delivery how long to wait for an end that is being reported
   */
  void handBack(String why, Duration delivery) {
    try {
      if (hasEnded(isDelivering() ? delivery : Duration.ZERO)) {
        return;
      }
      release(why);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void release(String why) throws InterruptedException {
    stop(why);
    try {
      build.release(why);
      LOG.infof("build %s released: %s", id(), why);
    } catch (LeaseLost | FarmUnreachable | FarmRefused e) {
      LOG.infof("build %s could not be released: %s", id(), e.getMessage());
    }
  }

  /** All work is done: what is left is to send it, or to say why there is nothing to send. */
  private boolean isDelivering() {
    return failing || progress.now().stage() == Stage.PUBLISH;
  }

  private boolean hasEnded(Duration within) throws InterruptedException {
    return ended.await(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    try {
      if (stopped == null) {
        LOG.infof("build %s: attempt %d begins", id(), build.claim().attempt());
        String outcome = outcome();
        LOG.infof("build %s: %s", id(), outcome.equals(STOPPED) ? "stopped, " + stopped : outcome);
      }
    } finally {
      boolean _ = Thread.interrupted();
      clean();
    }
  }

  private String outcome() {
    String outcome = Outcomes.failed(FailureClass.INFRASTRUCTURE);
    try {
      outcome = inFolder();
    } finally {
      ended.countDown();
      outcomes.ended(outcome, progress.stageMillis());
    }
    return outcome;
  }

  private String inFolder() {
    BuildLog log = null;
    try {
      log = new BuildLog(Folders.make(dir).resolve(BuildLog.NAME), BuildLog.LIMIT);
      return logged(log);
    } catch (RuntimeException | Error e) {
      return failed(log, thrown(e));
    } finally {
      close(log);
    }
  }

  private String logged(BuildLog log) {
    try (Heartbeats _ = Heartbeats.start(build, progress, log, heartbeat, this::stop)) {
      return attempt(new Attempt(id(), build.claim().recipe(), dir, progress, log));
    }
  }

  private String attempt(Attempt attempt) {
    try {
      return line.run(attempt, build) ? "succeeded" : "reused";
    } catch (LeaseLost e) {
      stopped = "the lease is lost";
      return STOPPED;
    } catch (InterruptedException e) {
      return STOPPED;
    } catch (BuildFailed e) {
      return failed(attempt.log(), e.failure());
    } catch (RuntimeException | Error e) {
      return failed(attempt.log(), thrown(e));
    }
  }

  /** An error, too: a build about which nobody hears anything costs the farm a lease. */
  private Failure thrown(Throwable error) {
    if (stopped == null) {
      LOG.errorf(error, "build %s: the worker could not go on", id());
    }
    return FailureReport.of(error);
  }

  private String failed(@Nullable BuildLog log, Failure failure) {
    if (stopped != null) {
      return STOPPED;
    }
    failing = true;
    try {
      new FailureReport(build, line.publisher())
          .send(progress.now().stage(), failure, log, progress.stageMillis());
    } catch (FarmRefused e) {
      // Given back, it would come round for ever; leases that run out are counted.
      LOG.errorf(
          "build %s: its failure was refused twice, so its lease is left to run out: %s",
          id(), e.getMessage());
    } catch (LeaseLost e) {
      stopped = "the lease is lost";
      return STOPPED;
    } catch (InterruptedException e) {
      return STOPPED;
    }
    return Outcomes.failed(failure.reason().failureClass());
  }

  /** Whatever it still had to write, the attempt has ended. */
  private void close(@Nullable BuildLog log) {
    try {
      if (log != null) {
        log.finish();
      }
    } catch (RuntimeException e) {
      LOG.debugf("build %s: its log is incomplete: %s", id(), e.getMessage());
    }
  }

  private void clean() {
    try {
      Folders.delete(dir);
    } catch (RuntimeException e) {
      LOG.warnf("build %s: %s is left behind: %s", id(), dir, e.getMessage());
    }
  }
}
