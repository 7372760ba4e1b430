package dev.wrtfarm.flash.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrtfarm.common.flash.FlashReport.Latency;
import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.Region;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sums that a run's steps rely on. */
class BookkeepingTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void stretches_cover_what_the_regions_cover_without_the_blocks_left_out(int seed) {
    Random random = new Random(seed);
    BitSet expected = new BitSet();
    List<Region> regions = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int first = random.nextInt(100);
      int count = 1 + random.nextInt(30);
      regions.add(new Region((long) first * Medium.BLOCK, (long) count * Medium.BLOCK));
      expected.set(first, first + count);
    }
    expected.clear(0, 10);
    expected.clear(90, 200);
    long[] left = random.longs(10, 0, 110).toArray();
    for (long block : left) {
      expected.clear((int) block);
    }

    List<Region> stretches =
        Stretches.without(Stretches.joined(regions, 10 * Medium.BLOCK, 90 * Medium.BLOCK), left);

    BitSet covered = new BitSet();
    for (Region region : stretches) {
      int first = (int) (region.offset() / Medium.BLOCK);
      int end = (int) (region.end() / Medium.BLOCK);
      assertTrue(covered.get(first, end).isEmpty(), "covered twice");
      covered.set(first, end);
    }
    assertEquals(expected, covered);
    assertEquals((long) expected.cardinality() * Medium.BLOCK, Stretches.bytes(stretches));
  }

  @Test
  void percentiles_are_right_to_a_sixteenth() {
    LatencyCounter counter = new LatencyCounter();
    assertEquals(Latency.NONE, counter.latency());
    for (long micros = 1; micros <= 100_000; micros++) {
      counter.add(micros);
    }
    Latency latency = counter.latency();
    assertEquals(50_000, latency.p50(), 50_000 / 16.0);
    assertEquals(99_000, latency.p99(), 99_000 / 16.0);
    assertEquals(100_000, latency.max());
  }

  @Test
  void one_slow_write_among_many_is_the_maximum_only() {
    LatencyCounter counter = new LatencyCounter();
    for (int i = 0; i < 1000; i++) {
      counter.add(7);
    }
    counter.add(Long.MAX_VALUE / 2);
    assertEquals(new Latency(7, 7, Long.MAX_VALUE / 2), counter.latency());
  }

  @Test
  void only_the_highest_marks_together_are_an_upper_end() {
    long[] marks = {99, 90, 80, 70};
    assertTrue(Capacity.isUpperEnd(marks, 100, List.of(90L, 99L)));
    assertTrue(Capacity.isUpperEnd(marks, 100, List.of(99L, 90L, 80L)));
    assertFalse(Capacity.isUpperEnd(marks, 100, List.of(99L)));
    assertFalse(Capacity.isUpperEnd(marks, 100, List.of(90L, 80L)));
    assertFalse(Capacity.isUpperEnd(marks, 100, List.of(99L, 80L)));
    assertFalse(Capacity.isUpperEnd(marks, 100, List.of(99L, 90L, 80L, 70L)), "nothing is left");
    assertFalse(Capacity.isUpperEnd(new long[] {99, 98, 80}, 100, List.of(99L, 98L)), "worn");
  }
}
