package dev.wrtfarm.worker.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** The builds that run here, each on a platform thread of its own: a sandbox dies with it. */
public final class Slots {
  private final int count;
  private final Semaphore free;
  private final Set<BuildRun> running = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

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

  /** Waits until a slot is free; the caller has it until it starts a run or gives it back. */
  void take() throws InterruptedException {
    free.acquire();
  }

  void giveBack() {
    free.release();
  }

  /** In the slot that the caller has taken. */
  void start(BuildRun run) {
    running.add(run);
    Thread thread =
        Thread.ofPlatform()
            .name("build-" + run.id())
            .unstarted(() -> {
              try {
                run.run();
              } finally {
                running.remove(run);
                threads.remove(Thread.currentThread());
                free.release();
              }
            });
    threads.add(thread);
    thread.start();
  }

  List<BuildRun> running() {
    return List.copyOf(running);
  }

  List<Thread> threads() {
    return new ArrayList<>(threads);
  }
}
