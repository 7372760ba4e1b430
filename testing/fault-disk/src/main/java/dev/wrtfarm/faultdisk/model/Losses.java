package dev.wrtfarm.faultdisk.model;

import java.util.concurrent.atomic.AtomicLong;

/** Writes that are answered with success and never happen. */
public final class Losses {
  private Losses() {}

  /** A broken part of the translation table: this stretch keeps what it has. */
  public static Fault of(Stretch stretch) {
    return taking(block -> !stretch.contains(block));
  }

  /** Everything is lost from the start. */
  public static Fault ofEverything() {
    return taking(block -> false);
  }

  /** Some blocks never take a write; which ones depends on the seed alone. */
  public static Fault ofWeakBlocks(double share, long seed) {
    Dice dice = new Dice(share, seed);
    return taking(block -> !dice.marks(block));
  }

  /** Some writes are lost; the same block may take the next one. */
  public static Fault ofSomeWrites(double share, long seed) {
    Dice dice = new Dice(share, seed);
    return taking(block -> !dice.rolls(block));
  }

  /** Worn out while it is written: takes so many blocks, and nothing more. */
  public static Fault ofWritesAfter(long blocks) {
    AtomicLong taken = new AtomicLong();
    return taking(block -> taken.getAndIncrement() < blocks);
  }

  private interface Takes {
    boolean test(long block);
  }

  private static Fault taking(Takes takes) {
    return new Fault() {
      @Override
      public boolean takes(long block) {
        return takes.test(block);
      }
    };
  }
}
