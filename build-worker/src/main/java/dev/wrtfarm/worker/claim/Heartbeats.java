package dev.wrtfarm.worker.claim;

import dev.wrtfarm.common.build.Stage;
import dev.wrtfarm.worker.attempt.Progress;
import dev.wrtfarm.worker.farm.FarmRefused;
import dev.wrtfarm.worker.farm.FarmUnreachable;
import dev.wrtfarm.worker.farm.LeaseLost;
import dev.wrtfarm.worker.farm.LeasedBuild;
import dev.wrtfarm.worker.log.BuildLog;
import java.time.Duration;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Keeps the lease of one build, and sends its log to followers, on threads of their own: nothing
 * that the build does, or that the log's way does, delays a heartbeat.
 */
final class Heartbeats implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Heartbeats.class);
  private static final Duration TICK = Duration.ofMillis(500);
  private static final int LONGEST_PIECE = 64 << 10;
  private static final Duration LAST_PIECES = Duration.ofSeconds(3);

  private final LeasedBuild build;
  private final Progress progress;
  private final BuildLog log;
  private final Duration every;
  private final Consumer<String> stop;
  private final Thread beating;
  private final Thread following;
  private volatile boolean closing;

  private Heartbeats(
      LeasedBuild build, Progress progress, BuildLog log, Duration every, Consumer<String> stop) {
    this.build = build;
    this.progress = progress;
    this.log = log;
    this.every = every;
    this.stop = stop;
    this.beating = Thread.ofVirtual().name("heartbeat").unstarted(this::beat);
    this.following = Thread.ofVirtual().name("log-pieces").unstarted(this::follow);
  }

  /**
   * @param stop hears why, when the farm says that the lease is lost
   */
  static Heartbeats start(
      LeasedBuild build, Progress progress, BuildLog log, Duration every, Consumer<String> stop) {
    Heartbeats heartbeats = new Heartbeats(build, progress, log, every, stop);
    heartbeats.beating.start();
    heartbeats.following.start();
    return heartbeats;
  }

  @Override
  public void close() {
    closing = true;
    beating.interrupt();
    try {
      following.join(LAST_PIECES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    following.interrupt();
  }

  /** In time, and at once when the stage changes. */
  private void beat() {
    Stage told = Stage.FETCH;
    long toldAt = System.nanoTime() - every.toNanos();
    try {
      while (!closing) {
        Progress.Point now = progress.now();
        if (now.stage() != told || System.nanoTime() - toldAt >= every.toNanos()) {
          told = now.stage();
          toldAt = System.nanoTime();
          tell(now);
        }
        Thread.sleep(every.compareTo(TICK) < 0 ? every : TICK);
      }
    } catch (LeaseLost e) {
      stop.accept("the lease is lost");
    } catch (InterruptedException e) {
      // closed
    }
  }

  private void tell(Progress.Point now) throws LeaseLost, InterruptedException {
    try {
      build.heartbeat(now.stage(), now.percent(), now.detail());
    } catch (FarmUnreachable | FarmRefused e) {
      LOG.debugf("build %s: no heartbeat: %s", build.claim().build(), e.getMessage());
    } catch (RuntimeException e) {
      // The next one may go through; a lease must not end for a mistake in this one.
      LOG.errorf(e, "build %s: no heartbeat", build.claim().build());
    }
  }

  private void follow() {
    int sequence = 0;
    String piece = "";
    try {
      while (true) {
        boolean last = closing;
        if (piece.isEmpty()) {
          piece = log.takeUnsent(LONGEST_PIECE);
        }
        if (piece.isEmpty()) {
          if (last) {
            return;
          }
          Thread.sleep(TICK);
          continue;
        }
        try {
          build.log(sequence, piece);
          sequence++;
          piece = "";
        } catch (FarmUnreachable e) {
          Thread.sleep(TICK.multipliedBy(2));
        } catch (FarmRefused e) {
          // Later pieces would follow a gap that nobody can see; the artifact has everything.
          LOG.warnf(
              "build %s: a piece of its log was refused, no more is sent: %s",
              build.claim().build(), e.getMessage());
          return;
        }
      }
    } catch (LeaseLost | InterruptedException e) {
      // a heartbeat says so too, or the build has ended
    }
  }
}
