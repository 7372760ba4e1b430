package dev.wrtfarm.worker.claim;

import dev.wrtfarm.common.build.Failure;
import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.build.Stage;
import dev.wrtfarm.common.worker.EndReply;
import dev.wrtfarm.common.worker.Produced;
import dev.wrtfarm.worker.farm.FarmRefused;
import dev.wrtfarm.worker.farm.LeaseLost;
import dev.wrtfarm.worker.farm.LeasedBuild;
import dev.wrtfarm.worker.log.BuildLog;
import dev.wrtfarm.worker.publish.Publisher;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tells the farm why an attempt failed; nothing that befalls the log keeps it from that. */
record FailureReport(LeasedBuild build, Publisher publisher) {
  private static final Logger LOG = Logger.getLogger(FailureReport.class);
  private static final int SHORT = 200;

  /** What was thrown, as a failure of this host. */
  static Failure of(Throwable thrown) {
    String said = String.valueOf(thrown.getMessage());
    FailureReason reason =
        said.contains("No space left on device") ? FailureReason.DISK_FULL : FailureReason.UNKNOWN;
    return new Failure(reason, thrown.getClass().getSimpleName() + ": " + said, "");
  }

  /**
   * Returns when the farm knows.
   *
   * @param log absent when the attempt did not come to have one
   * @throws FarmRefused when the farm takes it not even in its shortest form
   */
  void send(Stage stage, Failure failure, @Nullable BuildLog log, Map<Stage, Long> stageMillis)
      throws LeaseLost, InterruptedException {
    Produced sent = log == null ? null : sentLog(log, stage, failure);
    try {
      EndReply reply = build.fail(stage, failure, sent, stageMillis);
      if (!reply.sendAgain().isEmpty()) {
        // The store lost the log: the failure matters more.
        build.fail(stage, failure, null, stageMillis);
      }
    } catch (FarmRefused e) {
      // Perhaps an older API, which lacks some of it. Given back, the build would come round again.
      LOG.warnf("build %s: its failure was refused: %s", build.claim().build(), e.getMessage());
      build.fail(stage, shortened(failure), null, Map.of());
    }
  }

  /** Absent when disk or store do not take it. */
  private @Nullable Produced sentLog(BuildLog log, Stage stage, Failure failure)
      throws LeaseLost, InterruptedException {
    try {
      log.line("FAILED in %s: %s: %s".formatted(stage, failure.reason(), failure.message()));
      Path file = log.finish();
      return failure.reason() == FailureReason.STORE_FAILED ? null : publisher.sendLog(build, file);
    } catch (RuntimeException | Error e) {
      LOG.infof("build %s: its log could not be sent: %s", build.claim().build(), e);
      return null;
    }
  }

  private static Failure shortened(Failure failure) {
    String message = failure.message();
    return new Failure(
        failure.reason(), message.substring(0, Math.min(SHORT, message.length())), "");
  }
}
