package dev.wrtfarm.faultdisk.model;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A card that takes its time. */
public final class Pace implements Fault {
  private final long writeRate;
  private final long readRate;
  private long freeAt;

  /**
   * @param writeRate bytes a second
   * @param readRate bytes a second
   */
  public Pace(long writeRate, long readRate) {
    this.writeRate = writeRate;
    this.readRate = readRate;
  }

  /** Each {@code nth} write takes that much longer. */
  public static Fault stalls(int nth, Duration pause) {
    AtomicLong writes = new AtomicLong();
    return new Fault() {
      @Override
      public void requestWrite(Stretch blocks) {
        if (writes.incrementAndGet() % nth == 0) {
          until(System.nanoTime() + pause.toNanos());
        }
      }

      @Override
      public boolean seesBlocks() {
        return false;
      }
    };
  }

  @Override
  public void requestWrite(Stretch blocks) {
    take(blocks, writeRate);
  }

  @Override
  public void requestRead(Stretch blocks) {
    take(blocks, readRate);
  }

  @Override
  public boolean seesBlocks() {
    return false;
  }

  /** One request after the other, as on a card's single bus. */
  private void take(Stretch blocks, long rate) {
    long nanos = blocks.blocks() * BlockModel.BLOCK * 1_000_000_000L / rate;
    until(reserve(nanos));
  }

  private synchronized long reserve(long nanos) {
    freeAt = Math.max(freeAt, System.nanoTime()) + nanos;
    return freeAt;
  }

  private static void until(long time) {
    for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
