package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.Verdict;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Carries chunks between the run's thread, which alone speaks to the card, and one that computes.
 * Whichever of the two is slower sets the pace; the other waits for a buffer.
 */
final class Conveyor implements AutoCloseable {
  /**
   * @param part what was filled of the buffer; empty at the end
   */
  record Load(long offset, MemorySegment buffer, MemorySegment part) {
    private static final Load END = new Load(-1, MemorySegment.NULL, MemorySegment.NULL);

    boolean isEnd() {
      return this == END;
    }
  }

  /** What the other thread does; an interruption ends it. */
  interface Work {
    void run(Conveyor conveyor) throws RunStopped, InterruptedException;
  }

  private final BlockingQueue<MemorySegment> empty = new ArrayBlockingQueue<>(8);
  private final BlockingQueue<Load> full = new ArrayBlockingQueue<>(8);
  private final Thread thread;
  private volatile boolean ended;
  private volatile @Nullable RunStopped stopped;
  private volatile @Nullable Throwable broken;

  Conveyor(Buffers buffers, String name, Work work) {
    empty.addAll(List.of(buffers.chunks()));
    thread = Thread.ofPlatform().name(name).daemon().start(() -> work(work));
  }

  MemorySegment takeEmpty() throws RunStopped, InterruptedException {
    return take(empty);
  }

  Load takeFull() throws RunStopped, InterruptedException {
    return take(full);
  }

  void giveFull(Load load) throws InterruptedException {
    full.put(load);
  }

  void giveEmpty(Load load) throws InterruptedException {
    empty.put(load.buffer());
  }

  void giveEnd() throws InterruptedException {
    full.put(Load.END);
  }

  /** Waits until the other thread has done all of its work. */
  void finish() throws RunStopped, InterruptedException {
    thread.join();
    check();
  }

  /** The buffers are nobody's afterwards. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  static RunStopped interrupted() {
    Thread.currentThread().interrupt();
    return new RunStopped(Verdict.CANCELLED, Verdict.CANCELLED.meaning());
  }

  private void work(Work work) {
    try {
      work.run(this);
    } catch (RunStopped e) {
      stopped = e;
    } catch (InterruptedException e) {
      // by close(): nobody waits for what is left
    } catch (RuntimeException | Error e) {
      broken = e;
    } finally {
      ended = true;
    }
  }

  /** The other thread may have died of an error with nothing more to come from it. */
  private <T> T take(BlockingQueue<T> queue) throws RunStopped, InterruptedException {
    while (true) {
      T taken = queue.poll(100, TimeUnit.MILLISECONDS);
      if (taken != null) {
        return taken;
      }
      if (ended && Thread.currentThread() != thread && queue.isEmpty()) {
        check();
        throw new IllegalStateException("the other thread ended too early");
      }
    }
  }

  private void check() throws RunStopped {
    if (stopped != null) {
      throw stopped;
    }
    if (broken != null) {
      throw new IllegalStateException(broken);
    }
  }
}
