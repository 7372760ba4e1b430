package dev.wrtfarm.worker.claim;

import dev.wrtfarm.common.build.Failure;
import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.build.Stage;
import dev.wrtfarm.common.worker.EndReply;
import dev.wrtfarm.common.worker.Produced;
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
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One claimed build on a thread of its own, from claim to end. Whatever happens, the farm hears of
 * it: an end, a failure, or a release; only a lost lease is left in silence.
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
        runIn(Folders.make(dir));
      }
    } catch (RuntimeException e) {
      LOG.errorf(e, "build %s: the worker made a mistake", id());
    } finally {
      boolean _ = Thread.interrupted();
      clean();
    }
  }

  private void runIn(Path folder) {
    BuildLog log = new BuildLog(folder.resolve("build.log"), BuildLog.LIMIT);
    Attempt attempt = new Attempt(id(), build.claim().recipe(), folder, progress, log);
    LOG.infof("build %s: attempt %d begins", id(), build.claim().attempt());
    String outcome = STOPPED;
    try (Heartbeats _ = Heartbeats.start(build, progress, log, heartbeat, this::stop)) {
      outcome = attempt(attempt);
    } finally {
      ended.countDown();
      outcomes.ended(outcome, progress.stageMillis());
      log.finish();
    }
    LOG.infof("build %s: %s", id(), outcome.equals(STOPPED) ? "stopped, " + stopped : outcome);
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
      return failed(attempt, e.failure());
    } catch (RuntimeException e) {
      if (stopped == null) {
        LOG.errorf(e, "build %s: the worker made a mistake", id());
      }
      return failed(attempt, failureOf(e));
    }
  }

  private String failed(Attempt attempt, Failure failure) {
    if (stopped != null) {
      return STOPPED;
    }
    failing = true;
    try {
      Stage stage = progress.now().stage();
      attempt
          .log()
          .line("FAILED in %s: %s: %s".formatted(stage, failure.reason(), failure.message()));
      Produced log = sentLog(attempt, failure);
      EndReply reply = build.fail(stage, failure, log, progress.stageMillis());
      if (!reply.sendAgain().isEmpty()) {
        // The store lost the log: the failure matters more.
        build.fail(stage, failure, null, progress.stageMillis());
      }
      return "failed_" + failure.reason().failureClass().name().toLowerCase(Locale.ROOT);
    } catch (LeaseLost e) {
      stopped = "the lease is lost";
    } catch (FarmRefused e) {
      LOG.errorf("build %s: its failure was refused: %s", id(), e.getMessage());
      handBack("its failure was refused", Duration.ZERO);
    } catch (InterruptedException e) {
      return STOPPED;
    }
    return STOPPED;
  }

  /** Absent when the store does not take it: the failure matters more than its log. */
  private @Nullable Produced sentLog(Attempt attempt, Failure failure)
      throws LeaseLost, InterruptedException {
    Path log = attempt.log().finish();
    if (failure.reason() == FailureReason.STORE_FAILED) {
      return null;
    }
    try {
      return line.publisher().sendLog(build, log);
    } catch (BuildFailed | FarmRefused e) {
      LOG.infof("build %s: its log could not be sent: %s", id(), e.getMessage());
      return null;
    }
  }

  private static Failure failureOf(RuntimeException error) {
    String said = String.valueOf(error.getMessage());
    FailureReason reason =
        said.contains("No space left on device") ? FailureReason.DISK_FULL : FailureReason.UNKNOWN;
    return new Failure(reason, error.getClass().getSimpleName() + ": " + said, "");
  }

  private void clean() {
    try {
      Folders.delete(dir);
    } catch (RuntimeException e) {
      LOG.warnf("build %s: %s is left behind: %s", id(), dir, e.getMessage());
    }
  }
}
