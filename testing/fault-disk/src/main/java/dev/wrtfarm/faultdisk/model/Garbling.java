package dev.wrtfarm.faultdisk.model;

/** Data that comes back different. */
public final class Garbling {
  private static final int BITS = 8 * BlockModel.BLOCK;

  private Garbling() {}

  /** Bad contact or read disturb: one bit is wrong in a share of the reads. */
  public static Fault ofReads(double share, long seed) {
    Dice dice = new Dice(share, seed);
    return new Fault() {
      @Override
      public void deliver(long block, byte[] data) {
        if (dice.rolls(block)) {
          flip(data, dice.choose(block, BITS));
        }
      }
    };
  }

  /** Weak cells: in a share of the blocks one bit is stored wrong, always the same one. */
  public static Fault ofStoredBits(double share, long seed) {
    Dice dice = new Dice(share, seed);
    return new Fault() {
      @Override
      public void store(long block, byte[] data) {
        if (dice.marks(block)) {
          flip(data, dice.choose(block, BITS));
        }
      }
    };
  }

  /** What is stored has nothing to do with what was sent. */
  public static Fault ofStretch(Stretch stretch, long seed) {
    Dice dice = new Dice(1, seed);
    return new Fault() {
      @Override
      public void store(long block, byte[] data) {
        if (stretch.contains(block)) {
          scramble(data, dice.number(block));
        }
      }
    };
  }

  /** Different data at each reading. */
  public static Fault unstable(Stretch stretch, long seed) {
    Dice dice = new Dice(1, seed);
    return new Fault() {
      @Override
      public void deliver(long block, byte[] data) {
        if (stretch.contains(block) && dice.rolls(block)) {
          scramble(data, dice.number(block));
        }
      }
    };
  }

  private static void flip(byte[] data, int bit) {
    data[bit / 8] ^= (byte) (1 << bit % 8);
  }

  private static void scramble(byte[] data, long seed) {
    long state = seed;
    for (int i = 0; i < data.length; i++) {
      state = Dice.mix(state);
      data[i] ^= (byte) state;
    }
  }
}
