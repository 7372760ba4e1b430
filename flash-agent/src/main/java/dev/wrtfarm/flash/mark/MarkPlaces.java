package dev.wrtfarm.flash.mark;

import java.util.Comparator;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;

/** Where marks go: numbers of blocks. */
public final class MarkPlaces {
  private static final int FEW = 16;
  private static final int RANDOM = 64;
  private static final int FEW_STEPS = 6;

  private MarkPlaces() {}

  /**
   * Outside the image, highest first. Two places that are a power of two apart share a block on a
   * card that wraps around at one, and the random ones come to lie under the image on a card that
   * wraps around elsewhere. Steps are tried from the largest, as a small real size shows at each.
   *
   * @param first the block behind the image
   * @param end the number of blocks of the card
   */
  public static long[] canaries(long first, long end, boolean few, Random random) {
    SortedSet<Long> places = new TreeSet<>(Comparator.reverseOrder());
    long room = end - first;
    if (room <= 0) {
      return new long[0];
    }
    places.add(end - 1);
    places.add(first);
    int steps = 0;
    for (long step = Long.highestOneBit(room); step > 0; step >>= 1) {
      if (step < room && !(few && steps++ >= FEW_STEPS)) {
        places.add(end - 1 - step);
        places.add(first + step);
      }
    }
    addRandom(places, first, room, few ? FEW : places.size() + RANDOM, random);
    return array(places);
  }

  /** Under the image, lowest first: its first and last block and some others. */
  public static long[] nonces(long blocks, boolean few, Random random) {
    SortedSet<Long> places = new TreeSet<>();
    places.add(0L);
    places.add(blocks - 1);
    addRandom(places, 0, blocks, few ? FEW : RANDOM + 2, random);
    return array(places);
  }

  private static void addRandom(
      SortedSet<Long> places, long first, long room, int wanted, Random random) {
    long count = Math.min(wanted, room);
    while (places.size() < count) {
      places.add(first + random.nextLong(room));
    }
  }

  private static long[] array(SortedSet<Long> places) {
    return places.stream().mapToLong(Long::longValue).toArray();
  }
}
