package dev.wrtfarm.flash.wipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.flash.device.DeviceGuard;
import dev.wrtfarm.flash.device.DeviceRules;
import dev.wrtfarm.flash.device.HostRoots;
import dev.wrtfarm.flash.device.SlotConfig;
import dev.wrtfarm.flash.device.Slots;
import dev.wrtfarm.flash.image.DiskBytes;
import dev.wrtfarm.flash.image.PartitionTable.Partition;
import dev.wrtfarm.flash.medium.BlockDevice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardContentTest {
  private static final int MIB = 1 << 20;
  private static final DeviceRules TEST_HOST = new DeviceRules(true, DeviceRules.LARGEST_CARD);

  @TempDir Path folder;

  @Test
  void partitions_are_told_with_what_they_hold() throws Exception {
    byte[] card =
        DiskBytes.random(8 * MIB, 3)
            .mbr()
            .mbrPartition(1, 0x0c, 2048, 4096)
            .mbrPartition(2, 0x83, 8192, 99)
            .mbrPartition(3, 0x83, 10_000, 2048)
            .squashfs(8192 * 512, 1000)
            .bytes();
    ByteBuffer bytes = ByteBuffer.wrap(card);
    bytes.put(MIB + 0x52, "FAT32   ".getBytes(StandardCharsets.US_ASCII));
    bytes.put(MIB + 0x47, "OPENWRT    ".getBytes(StandardCharsets.US_ASCII));

    CardContent content = read(card);

    assertThat(content.error()).isNull();
    assertThat(content.destroys())
        .containsExactly(
            "partition 1: 2.0 MiB, FAT \"OPENWRT\"",
            "partition 2: 49.5 KiB, squashfs",
            "partition 3: 1.0 MiB, content of no known kind");
    assertThat(content.partitions()).extracting(Partition::offset).contains(8192L * 512);
  }

  @Test
  void logical_partitions_are_found_too() throws Exception {
    byte[] card = DiskBytes.random(8 * MIB, 3).mbr().mbrPartition(1, 0x05, 4096, 12_000).bytes();
    table(card, 4096, 64, 100, 6000);
    table(card, 4096 + 6000, 64, 200, 0);

    assertThat(read(card).partitions())
        .extracting(Partition::number, Partition::offset)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, 4096L * 512),
            org.assertj.core.groups.Tuple.tuple(5, (4096L + 64) * 512),
            org.assertj.core.groups.Tuple.tuple(6, (4096L + 6000 + 64) * 512));
  }

  @Test
  void a_circle_of_logical_partitions_ends() throws Exception {
    byte[] card = DiskBytes.random(8 * MIB, 3).mbr().mbrPartition(1, 0x0f, 4096, 12_000).bytes();
    table(card, 4096, 64, 100, 6000);
    table(card, 4096 + 6000, 64, 200, 6000);

    assertThat(read(card).partitions()).hasSize(3);
  }

  @Test
  void a_card_without_a_table_is_told_as_what_it_is() throws Exception {
    byte[] ext = DiskBytes.random(8 * MIB, 3).bytes();
    ext[0x438] = 0x53;
    ext[0x439] = (byte) 0xef;
    assertThat(read(ext).destroys()).singleElement().asString().startsWith("the whole card: ext");
    assertThat(read(new byte[4 * MIB]).destroys())
        .singleElement()
        .asString()
        .contains("zeros at its head");
    assertThat(read(DiskBytes.random(8 * MIB, 4).bytes()).destroys())
        .singleElement()
        .asString()
        .contains("content of no known kind");
  }

  @Test
  void the_digest_tells_two_cards_apart() throws Exception {
    assertThat(read(DiskBytes.random(2 * MIB, 1).bytes()).firstMibSha256())
        .isEqualTo(read(DiskBytes.random(2 * MIB, 1).bytes()).firstMibSha256())
        .isNotEqualTo(read(DiskBytes.random(2 * MIB, 2).bytes()).firstMibSha256());
  }

  /** One step of a chain: a partition, and the next table counted from sector 4096. */
  private static void table(byte[] card, int sector, int first, int sectors, int next) {
    ByteBuffer bytes = ByteBuffer.wrap(card).order(ByteOrder.LITTLE_ENDIAN);
    int at = sector * 512;
    bytes.put(at + 446, new byte[64]).putShort(at + 510, (short) 0xaa55);
    bytes.put(at + 450, (byte) 0x83).putInt(at + 454, first).putInt(at + 458, sectors);
    if (next > 0) {
      bytes.put(at + 466, (byte) 0x05).putInt(at + 470, next).putInt(at + 474, 1000);
    }
  }

  /** Over a regular file and the guard, as on a test host. */
  private CardContent read(byte[] card) throws Exception {
    Path file = Files.write(folder.toRealPath().resolve("card"), card);
    DeviceFacts facts =
        new Slots(HostRoots.REAL, TEST_HOST).look(new SlotConfig("a", "file:" + file)).ready();
    try (BlockDevice device = new DeviceGuard(HostRoots.REAL, TEST_HOST).inspect(facts)) {
      return CardContent.read(device);
    }
  }
}
