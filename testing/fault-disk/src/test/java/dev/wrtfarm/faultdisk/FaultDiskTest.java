package dev.wrtfarm.faultdisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.nio.file.ExtendedOpenOption;
import dev.wrtfarm.faultdisk.model.BlockModel;
import dev.wrtfarm.faultdisk.model.Losses;
import dev.wrtfarm.faultdisk.model.Stretch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultDiskTest {
  private static final int MIB = 1 << 20;
  private static final int BLOCK = BlockModel.BLOCK;

  @BeforeEach
  void can_make_devices_here() {
    FaultDisk.missing()
        .ifPresent(reason -> {
          System.err.println("NOT TESTED, " + reason + ": fault disks as block devices");
          assumeTrue(false, reason);
        });
  }

  @Test
  void what_is_written_to_the_device_arrives_at_the_model() throws IOException {
    try (FaultDisk disk = FaultDisk.attach(BlockModel.ofSize(8 * MIB).build());
        FileChannel device = open(disk.node())) {
      write(device, 2 * MIB, filled('a', 3 * MIB));
      assertThat(disk.model().medium(2 * MIB, 3 * MIB)).containsOnly('a');
      assertThat(read(device, 2 * MIB, 3 * MIB)).containsOnly('a');
      assertThat(device.size()).isEqualTo(8 * MIB);
      assertThat(disk.model().bytesWritten()).isEqualTo(3 * MIB);
    }
  }

  @Test
  void direct_reading_sees_what_was_lost() throws IOException {
    BlockModel model = BlockModel.ofSize(8 * MIB).with(Losses.of(new Stretch(300, 1))).build();
    try (FaultDisk disk = FaultDisk.attach(model);
        FileChannel device = open(disk.node())) {
      write(device, 0, filled('a', 4 * MIB));
      device.force(true);
      assertThat(read(device, 299 * BLOCK, BLOCK)).containsOnly('a');
      assertThat(read(device, 300 * BLOCK, BLOCK)).containsOnly(0);
    }
  }

  @Test
  void a_power_cycle_loses_a_lying_cache_and_is_a_new_disk_to_the_kernel() throws IOException {
    BlockModel model = BlockModel.ofSize(8 * MIB).lyingCache(1024).build();
    try (FaultDisk disk = FaultDisk.attach(model)) {
      long sequence = disk.loop().sequence();
      try (FileChannel device = open(disk.node())) {
        write(device, 0, filled('a', MIB));
        device.force(true);
        assertThat(read(device, 0, MIB)).containsOnly('a');
      }
      disk.powerCycle();
      assertThat(disk.loop().sequence()).isNotEqualTo(sequence);
      try (FileChannel device = open(disk.node())) {
        assertThat(read(device, 0, MIB)).containsOnly(0);
      }
    }
  }

  @Test
  void a_flush_of_the_device_reaches_an_honest_cache() throws IOException {
    BlockModel model = BlockModel.ofSize(8 * MIB).honestCache(1024).build();
    try (FaultDisk disk = FaultDisk.attach(model)) {
      try (FileChannel device = open(disk.node())) {
        write(device, 0, filled('a', MIB));
        assertThat(model.medium(0, MIB)).containsOnly(0);
        device.force(true);
      }
      assertThat(model.medium(0, MIB)).containsOnly('a');
    }
  }

  @Test
  void a_card_that_is_pulled_out_fails_at_once() throws IOException {
    try (FaultDisk disk = FaultDisk.attach(BlockModel.ofSize(8 * MIB).build());
        FileChannel device = open(disk.node())) {
      disk.model().unplug();
      assertThatThrownBy(() -> read(device, 0, BLOCK)).isInstanceOf(IOException.class);
      disk.model().plugIn();
      assertThat(read(device, 0, BLOCK)).containsOnly(0);
    }
  }

  @Test
  void a_partition_is_a_device_of_its_own_and_goes_with_the_disk() throws IOException {
    Path partition;
    try (FaultDisk disk = FaultDisk.attach(BlockModel.ofSize(8 * MIB).build())) {
      partition = disk.loop().addPartition(1, 2048, 4096);
      try (FileChannel device = open(partition)) {
        write(device, 0, filled('p', BLOCK));
      }
      assertThat(disk.model().medium(MIB, BLOCK)).containsOnly('p');
    }
    assertThat(partition).doesNotExist();
  }

  @Test
  void a_partition_table_on_the_card_is_read() throws IOException {
    BlockModel model = BlockModel.ofSize(8 * MIB).build();
    model.plant(0, tableWithOnePartition(2048, 4096));
    try (FaultDisk disk = FaultDisk.attach(model)) {
      disk.loop().readPartitions();
      assertThat(Path.of(disk.node() + "p1")).exists();
    }
  }

  @Test
  void closing_leaves_nothing_behind_even_after_a_failure() throws IOException {
    FaultDisk disk = FaultDisk.attach(BlockModel.ofSize(8 * MIB).build());
    Path file = disk.file();
    try (disk) {
      disk.model().unplug();
      throw new IllegalStateException("as a test that fails");
    } catch (IllegalStateException e) {
      assertThat(traces(file)).isEmpty();
      assertThat(file.getParent()).doesNotExist();
      assertThat(Thread.getAllStackTraces().keySet())
          .noneMatch(thread -> thread.getName().startsWith("fuse-" + file.getFileName()));
    }
  }

  @Test
  void what_a_killed_process_left_is_taken_away_by_the_next() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Held.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Path file;
    try (InputStream out = child.getInputStream()) {
      byte[] line = new byte[200];
      int bytes = out.read(line);
      assertThat(bytes).isPositive();
      file = Path.of(new String(line, 0, bytes, java.nio.charset.StandardCharsets.UTF_8).strip());
      assertThat(traces(file)).hasSize(2);
    } finally {
      child.destroyForcibly();
      assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
    sweepTwiceAtOnce();
    assertThat(traces(file)).isEmpty();
    assertThat(file.getParent()).doesNotExist();
  }

  /** As two processes do that begin at the same time. */
  private static void sweepTwiceAtOnce() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    Callable<String> sweep =
        () -> {
          both.await();
          FaultDisk.sweep();
          return "swept";
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (Future<String> each : threads.invokeAll(List.of(sweep, sweep))) {
        assertThat(each.get()).isEqualTo("swept");
      }
    }
  }

  /** Attaches a disk, says where, and waits to be killed. */
  static final class Held {
    public static void main(String[] args) throws Exception {
      FaultDisk disk = FaultDisk.attach(BlockModel.ofSize(8 * MIB).build());
      System.out.println(disk.file());
      System.out.flush();
      Thread.sleep(TimeUnit.MINUTES.toMillis(5));
      disk.close();
    }
  }

  /** Mounts of the file and loop devices on it. */
  private static List<String> traces(Path file) throws IOException {
    Stream<String> mounts =
        Files.readAllLines(Path.of("/proc/self/mounts")).stream()
            .filter(line -> line.contains(" " + file + " "));
    try (Stream<Path> devices = Files.list(Path.of("/sys/block"))) {
      List<String> loops =
          devices
              .filter(each -> each.getFileName().toString().startsWith("loop"))
              .filter(each -> standsOn(each, file))
              .map(Path::toString)
              .toList();
      return Stream.concat(mounts, loops.stream()).toList();
    }
  }

  private static boolean standsOn(Path loop, Path file) {
    try {
      return Files.readString(loop.resolve("loop/backing_file")).strip().startsWith("" + file);
    } catch (IOException notAttached) {
      return false;
    }
  }

  private static byte[] tableWithOnePartition(int firstSector, int sectors) {
    ByteBuffer sector = ByteBuffer.allocate(512).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    sector.put(446 + 4, (byte) 0x83).putInt(446 + 8, firstSector).putInt(446 + 12, sectors);
    return sector.putShort(510, (short) 0xAA55).array();
  }

  private static FileChannel open(Path node) throws IOException {
    return FileChannel.open(
        node, StandardOpenOption.READ, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT);
  }

  private static void write(FileChannel device, long offset, byte[] data) throws IOException {
    ByteBuffer aligned = aligned(data.length);
    aligned.put(data).flip();
    while (aligned.hasRemaining()) {
      device.write(aligned, offset + aligned.position());
    }
  }

  private static byte[] read(FileChannel device, long offset, int bytes) throws IOException {
    ByteBuffer aligned = aligned(bytes);
    while (aligned.hasRemaining()) {
      device.read(aligned, offset + aligned.position());
    }
    byte[] found = new byte[bytes];
    aligned.flip().get(found);
    return found;
  }

  private static ByteBuffer aligned(int bytes) {
    return ByteBuffer.allocateDirect(bytes + BLOCK).alignedSlice(BLOCK).limit(bytes);
  }

  private static byte[] filled(int with, int bytes) {
    byte[] data = new byte[bytes];
    Arrays.fill(data, (byte) with);
    return data;
  }
}
