package dev.wrtfarm.worker.claim;

import dev.wrtfarm.common.build.Stage;
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
}
