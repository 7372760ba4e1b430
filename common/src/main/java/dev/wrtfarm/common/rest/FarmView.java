package dev.wrtfarm.common.rest;

import java.util.List;

/**
 * {@code GET /api/v2/status}: the queue and who works on it.
 *
 * @param oldestQueuedSeconds age of the build that waits longest; 0 when none waits
 */
public record FarmView(
    long queued,
    long running,
    long oldestQueuedSeconds,
    long offersWaiting,
    List<WorkerView> workers) {

  /** A worker that called within the last minute. */
  public record WorkerView(String id, long builds, long secondsSinceCall) {}
}
