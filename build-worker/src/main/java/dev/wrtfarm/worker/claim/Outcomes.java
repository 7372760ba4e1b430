package dev.wrtfarm.worker.claim;

import dev.wrtfarm.common.build.FailureClass;
import dev.wrtfarm.common.build.Stage;
import java.util.Locale;
import java.util.Map;

/** Hears how attempts end. */
@FunctionalInterface
public interface Outcomes {
  /**
   * One attempt has ended.
   *
   * @param outcome succeeded, reused, failed_user, failed_upstream, failed_infrastructure, stopped
   */
  void ended(String outcome, Map<Stage, Long> stageMillis);

  /** The outcome of an attempt that failed. */
  static String failed(FailureClass failureClass) {
    return "failed_" + failureClass.name().toLowerCase(Locale.ROOT);
  }
}
