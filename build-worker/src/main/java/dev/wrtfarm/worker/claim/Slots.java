package dev.wrtfarm.worker.claim;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** The builds that run here, each on a platform thread of its own: a sandbox dies with it. */
public final class Slots {
  private final int count;
  private final Semaphore free;
  private final Set<BuildRun> running = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> empty = new CompletableFuture<>();
  private boolean closed;

  public Slots(int count) {
    this.count = count;
    this.free = new Semaphore(count);
  }

  public int busy() {
    return running.size();
  }

  public int idle() {
    return count - running.size();
  }

  /**
   * Waits until a slot is free; the caller has it until a run starts in it or it is given back.
   *
   * @return false when there are no slots any more
   */
  boolean take() throws InterruptedException {
    free.acquire();
    return !isClosed();
  }

  void giveBack() {
    free.release();
  }

  /**
   * In the slot that the caller has taken.
   *
   * @return false when the slots are closed; then nothing was started
   */
  synchronized boolean start(BuildRun run) {
    if (closed) {
      return false;
    }
    Thread thread =
        Thread.ofPlatform()
            .name("build-" + run.id())
            .unstarted(() -> {
              try {
                run.run();
              } finally {
                ended(run);
              }
            });
    running.add(run);
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      running.remove(run);
      throw e;
    }
    return true;
  }

  /** From now on nothing starts; whoever waits for a slot hears that there is none. */
  synchronized void close() {
    closed = true;
    free.release();
    sayWhenEmpty();
  }

  /** Done when the slots are closed and nothing runs any more. */
  CompletableFuture<Void> empty() {
    return empty;
  }

  List<BuildRun> running() {
    return List.copyOf(running);
  }

  private synchronized void ended(BuildRun run) {
    running.remove(run);
    free.release();
    sayWhenEmpty();
  }

  private void sayWhenEmpty() {
    if (closed && running.isEmpty()) {
      empty.complete(null);
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }
}
