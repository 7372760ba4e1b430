package dev.wrtfarm.api.tick;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The bell of one who waits. It keeps that it was rung until it is muffled. */
public final class Bell {
  private CompletableFuture<Void> rung = new CompletableFuture<>();

  public void ring() {
    current().complete(null);
  }

  private synchronized CompletableFuture<Void> current() {
    return rung;
  }

  /** Forgets what was rung before: whoever calls this is about to look. */
  public synchronized void muffle() {
    rung = new CompletableFuture<>();
  }

  /**
   * Done when the bell has been rung since it was muffled, or after this while. What waits for it
   * runs on the ringer's thread, and must be short.
   */
  public CompletableFuture<Void> heard(Duration within) {
    return current().completeOnTimeout(null, within.toMillis(), TimeUnit.MILLISECONDS);
  }
}
