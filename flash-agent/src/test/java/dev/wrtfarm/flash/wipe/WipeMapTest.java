package dev.wrtfarm.flash.wipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.flash.ImageFacts;
import dev.wrtfarm.common.flash.Wipe;
import dev.wrtfarm.flash.image.PartitionTable.Partition;
import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WipeMapTest {
  private static final long MIB = 1L << 20;
  private static final long CARD = 1024 * MIB;

  @Test
  void head_tail_old_partitions_and_the_overlay_go() {
    List<Partition> old =
        List.of(
            new Partition(1, 2 * MIB, 64 * MIB, "0x0c"),
            new Partition(2, 300 * MIB, 100 * MIB, "0x83"));

    assertThat(WipeMap.regions(Wipe.SIGNATURES, CARD, old, image(4 * MIB, 200 * MIB)))
        .containsExactly(
            new Region(4 * MIB, 4 * MIB),
            new Region(200 * MIB, MIB),
            new Region(300 * MIB, MIB),
            new Region(CARD - 8 * MIB, 8 * MIB));
  }

  @Test
  void an_overlay_that_begins_within_the_image_is_wiped_from_the_images_end() {
    // The squashfs ends in the last, half filled block of 64 KiB.
    long end = 20 * MIB + 1000;

    assertThat(WipeMap.regions(Wipe.SIGNATURES, CARD, List.of(), image(end, 20 * MIB)))
        .contains(new Region(20 * MIB + 4096, MIB - 4096));
  }

  @Test
  void what_overlaps_is_joined() {
    List<Partition> old =
        List.of(
            new Partition(1, 8 * MIB - 512, 64 * MIB, "0x83"),
            new Partition(2, 8 * MIB + 65536, 64 * MIB, "0x83"));

    assertThat(WipeMap.regions(Wipe.SIGNATURES, CARD, old, image(MIB, null)))
        .containsExactly(new Region(MIB, 8 * MIB + 65536), new Region(CARD - 8 * MIB, 8 * MIB));
  }

  @Test
  void a_full_wipe_takes_all_that_is_not_the_image() {
    assertThat(WipeMap.regions(Wipe.FULL, CARD + 512, List.of(), image(MIB + 1, null)))
        .containsExactly(new Region(MIB + 4096, CARD - MIB - 4096));
    assertThat(WipeMap.regions(Wipe.FULL, CARD, List.of(), image(CARD, null))).isEmpty();
  }

  @Test
  void whatever_a_table_says_the_stretches_are_on_the_card_apart_and_not_in_the_image() {
    for (int seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      long card = (1 + random.nextInt(40)) * MIB + random.nextInt(4096);
      long size = 1 + random.nextLong(card);
      List<Partition> old = new ArrayList<>();
      for (int i = 0; i < random.nextInt(5); i++) {
        old.add(new Partition(i, random.nextLong(1L << random.nextInt(1, 52)), 1, "GPT"));
      }
      ImageFacts image = image(size, random.nextBoolean() ? random.nextLong(2 * card) : null);

      long end = (size + 4095) / 4096 * 4096;
      for (Region region : WipeMap.regions(Wipe.SIGNATURES, card, old, image)) {
        assertThat(region.offset()).as("seed %d", seed).isGreaterThanOrEqualTo(end);
        assertThat(region.end()).as("seed %d", seed).isLessThanOrEqualTo(card / 4096 * 4096);
        assertThat(region.offset() % Medium.BLOCK).isZero();
        end = region.end() + 1;
      }
    }
  }

  private static ImageFacts image(long rawSize, @Nullable Long overlay) {
    return new ImageFacts("a.img", "00", 1, "raw", "00", rawSize, overlay, null);
  }
}
