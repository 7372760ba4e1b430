package dev.wrtfarm.flash.mark;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrtfarm.flash.medium.Medium;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class MarksTest {
  private final Marks marks = new Marks(new byte[16]);
  private final MemorySegment block = Arena.ofAuto().allocate(Medium.BLOCK, 8);

  @Test
  void a_mark_tells_its_run_kind_and_place() {
    marks.fill(MarkKind.NONCE, 1L << 33, block);

    assertEquals(new Mark(MarkKind.NONCE, 1L << 33, true), marks.read(block));
    assertEquals(new Mark(MarkKind.NONCE, 1L << 33, false), new Marks(ones()).read(block));
    assertTrue(marks.isAt(MarkKind.NONCE, 1L << 33, block));
    assertFalse(marks.isAt(MarkKind.CANARY, 1L << 33, block));
    assertFalse(marks.isAt(MarkKind.NONCE, 5, block));
  }

  @Test
  void a_single_changed_byte_anywhere_makes_it_no_mark() {
    marks.fill(MarkKind.CANARY, 42, block);
    for (long at = 0; at < Medium.BLOCK; at += 37) {
      byte old = block.get(JAVA_BYTE, at);
      block.set(JAVA_BYTE, at, (byte) (old ^ 1));
      assertNull(marks.read(block), "byte " + at);
      block.set(JAVA_BYTE, at, old);
    }
    assertEquals(new Mark(MarkKind.CANARY, 42, true), marks.read(block));
  }

  @Test
  void marks_cannot_be_compressed() {
    marks.fill(MarkKind.FILL, 7, block);
    try (Deflater deflater = new Deflater()) {
      deflater.setInput(block.toArray(JAVA_BYTE));
      deflater.finish();
      assertTrue(deflater.deflate(new byte[2 * Medium.BLOCK]) > Medium.BLOCK * 9 / 10);
    }
  }

  @Test
  void canaries_lie_behind_the_image_highest_first_with_pairs_at_every_power_of_two() {
    long[] places = MarkPlaces.canaries(1000, 1 << 20, false, new Random(1));
    for (int i = 1; i < places.length; i++) {
      assertTrue(places[i] < places[i - 1]);
    }
    assertEquals((1 << 20) - 1, places[0]);
    assertEquals(1000, places[places.length - 1]);
    for (long step = 1; step < 1 << 20; step <<= 1) {
      long below = (1 << 20) - 1 - step;
      assertTrue(below < 1000 || Arrays.stream(places).anyMatch(place -> place == below));
    }
    assertTrue(places.length >= 64 + 2);
  }

  @Test
  void few_canaries_still_meet_on_a_card_of_half_or_a_quarter_of_its_size() {
    long[] places = MarkPlaces.canaries(1000, 1 << 20, true, new Random(1));
    assertEquals(16, places.length);
    for (long real : new long[] {1 << 19, 1 << 18}) {
      long met = Arrays.stream(places).map(place -> place % real).distinct().count();
      assertTrue(met < places.length, "real size " + real);
    }
  }

  @Test
  void there_are_never_more_places_than_blocks() {
    assertEquals(0, MarkPlaces.canaries(10, 10, false, new Random(1)).length);
    assertEquals(1, MarkPlaces.canaries(9, 10, false, new Random(1)).length);
    assertEquals(3, MarkPlaces.canaries(7, 10, true, new Random(1)).length);
    assertEquals(1, MarkPlaces.nonces(1, false, new Random(1)).length);
    assertEquals(66, MarkPlaces.nonces(1000, false, new Random(1)).length);
  }

  private static byte[] ones() {
    byte[] ones = new byte[16];
    Arrays.fill(ones, (byte) 1);
    return ones;
  }
}
