package dev.wrtfarm.flash.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.flash.image.PartitionTable.Partition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlayOffsetTest {
  private static final int MIB = 1024 * 1024;

  @TempDir Path folder;

  @Test
  void lies_behind_the_squashfs_at_the_next_64_kib_of_its_partition() throws Exception {
    byte[] image =
        DiskBytes.random(4 * MIB, 1)
            .mbr()
            .mbrPartition(1, 0x0c, 512, 1024)
            .mbrPartition(2, 0x83, 2050, 100_000)
            .squashfs(2050 * 512, 700_001)
            .bytes();

    assertThat(overlay(image)).isEqualTo(2050 * 512 + 11 * 65536);
  }

  @Test
  void is_found_in_a_gpt_image_with_erofs() throws Exception {
    byte[] image =
        DiskBytes.random(2 * MIB, 1)
            .gpt()
            .gptPartition(128, 34, 511)
            .gptPartition(1, 512, 1023)
            .gptPartition(2, 1024, 9999)
            .erofs(1024 * 512, 32, 12)
            .bytes();

    assertThat(overlay(image)).isEqualTo(1024 * 512 + 2 * 65536);
  }

  @Test
  void is_unknown_where_no_read_only_root_is() throws Exception {
    assertThat(overlay(DiskBytes.random(2 * MIB, 1).bytes())).isNull();
    assertThat(overlay(DiskBytes.random(2 * MIB, 1).mbr().mbrPartition(1, 0x83, 64, 999).bytes()))
        .isNull();
  }

  @Test
  void a_partition_that_begins_in_the_last_bytes_of_the_image_is_borne() throws Exception {
    byte[] image =
        DiskBytes.random(MIB, 1)
            .mbr()
            .mbrPartition(1, 0x83, 2047, 9)
            .mbrPartition(2, 0x83, 99_999_999, 9)
            .squashfs(2047 * 512, 100)
            .bytes();

    assertThat(overlay(image)).isNull();
  }

  @Test
  void a_table_of_random_bytes_does_no_harm() {
    for (int seed = 0; seed < 5000; seed++) {
      byte[] head = new byte[4096];
      new Random(seed).nextBytes(head);
      DiskBytes gpt = DiskBytes.random(4096 * 8, seed);
      byte[] bytes = (seed % 2 == 0 ? gpt.gpt() : gpt.mbr()).bytes();
      System.arraycopy(head, 0, bytes, seed % 2 == 0 ? 584 : 446, seed % 2 == 0 ? 3000 : 64);
      for (Partition partition : PartitionTable.read(bytes)) {
        assertThat(partition.offset()).isPositive();
        assertThat(partition.bytes()).isPositive();
        assertThat(partition.offset() + partition.bytes()).isPositive();
      }
    }
  }

  private @Nullable Long overlay(byte[] image) throws Exception {
    Path path = Files.write(folder.resolve("image"), image);
    return ImageFile.look(path, "a.img", null, null, image.length).facts().overlayOffset();
  }
}
