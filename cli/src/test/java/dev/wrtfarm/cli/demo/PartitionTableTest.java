package dev.wrtfarm.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrtfarm.cli.demo.PartitionTable.Partition;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionTableTest {
  @TempDir private Path folder;

  @Test
  void it_reads_what_sfdisk_wrote() throws Exception {
    Path image = folder.resolve("disk.img");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(32 << 20);
    }
    sfdisk(image, "label: dos\nstart=2048, size=8192, type=c, bootable\nstart=10240, type=83\n");

    PartitionTable table = PartitionTable.read(image);

    assertThat(table.partitions())
        .containsExactly(
            new Partition(1, true, 0x0c, 2048, 8192),
            new Partition(2, false, 0x83, 10240, (32 << 20) / 512 - 10240));
    assertThat(table.partitions().getFirst().typeName()).isEqualTo("FAT32");
    assertThat(table.partitions().getLast().offset()).isEqualTo(10240 * 512);
  }

  @Test
  void a_file_without_the_signature_has_no_table() throws IOException {
    Path image = Files.write(folder.resolve("zeros.img"), new byte[4096]);

    assertThatThrownBy(() -> PartitionTable.read(image)).hasMessageContaining("no partition table");
  }

  @Test
  void a_file_shorter_than_a_sector_is_no_disk() throws IOException {
    Path image = Files.write(folder.resolve("short.img"), new byte[100]);

    assertThatThrownBy(() -> PartitionTable.read(image)).hasMessageContaining("shorter");
  }

  private static void sfdisk(Path image, String script) throws Exception {
    // Debian keeps it where an ordinary user's PATH does not look.
    Path usual = Path.of("/usr/sbin/sfdisk");
    String program = Files.exists(usual) ? usual.toString() : "sfdisk";
    Process process =
        new ProcessBuilder(program, "--quiet", image.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().write(script.getBytes(StandardCharsets.US_ASCII));
    process.getOutputStream().close();
    assertThat(process.waitFor()).isZero();
  }
}
