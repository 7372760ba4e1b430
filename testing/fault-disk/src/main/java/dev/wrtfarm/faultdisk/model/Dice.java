package dev.wrtfarm.faultdisk.model;

import java.util.HashMap;
import java.util.Map;

/**
 * Chance that is the same in each run, in whatever order the kernel sends the requests: it depends
 * on the block and on how often the block was asked about, not on what came in between.
 */
final class Dice {
  private final double share;
  private final long seed;
  private final Map<Long, Integer> rolls = new HashMap<>();

  Dice(double share, long seed) {
    if (share < 0 || share > 1) {
      throw new IllegalArgumentException("not a share from 0 to 1: " + share);
    }
    this.share = share;
    this.seed = seed;
  }

  /** Always the same answer for the same block. */
  boolean marks(long block) {
    return fraction(mix(seed ^ mix(block + 1))) < share;
  }

  /** A new answer each time. */
  boolean rolls(long block) {
    int turn = rolls.merge(block, 1, Integer::sum);
    return fraction(mix(seed ^ mix(block + 1) ^ mix(-turn))) < share;
  }

  /** A number from 0 to {@code bound} - 1 that goes with the block and its last roll. */
  int choose(long block, int bound) {
    return (int) Long.remainderUnsigned(number(block), bound);
  }

  long number(long block) {
    return mix(mix(seed + 7) ^ mix(block + 1) ^ mix(rolls.getOrDefault(block, 0)));
  }

  private static double fraction(long random) {
    return (random >>> 11) * 0x1.0p-53;
  }

  /** The finaliser of SplitMix64. */
  static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
