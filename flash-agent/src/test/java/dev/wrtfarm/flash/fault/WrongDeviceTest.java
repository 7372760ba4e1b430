package dev.wrtfarm.flash.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.faultdisk.FaultDisk;
import dev.wrtfarm.faultdisk.loop.Loop;
import dev.wrtfarm.faultdisk.model.BlockModel;
import dev.wrtfarm.flash.device.DeviceGuard;
import dev.wrtfarm.flash.device.DeviceRefused;
import dev.wrtfarm.flash.device.DeviceRules;
import dev.wrtfarm.flash.device.HostRoots;
import dev.wrtfarm.flash.device.Refusal;
import dev.wrtfarm.flash.device.SlotLook;
import dev.wrtfarm.flash.device.Slots;
import dev.wrtfarm.flash.medium.BlockDevice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Attempts to flash what is not to be flashed. Each goes the whole way: were the device given, the
 * image would be written to it, and the card's own counter of writes and its bytes would show it.
 */
class WrongDeviceTest {
  private static final TestImage IMAGE = TestImage.of(5);
  private static final DeviceRules TEST_HOST = new DeviceRules(true, DeviceRules.LARGEST_CARD);

  @TempDir Path folder;
  private final Slots slots = new Slots(HostRoots.REAL, TEST_HOST);
  private final DeviceGuard guard = new DeviceGuard(HostRoots.REAL, TEST_HOST);
  private FaultDisk card;
  private FaultDisk other;

  @BeforeEach
  void insert() throws IOException {
    FaultDisk.missing()
        .ifPresent(reason -> {
          System.err.println("NOT TESTED, " + reason + ": that wrong devices are refused");
          assumeTrue(false, reason);
        });
    card = FaultDisk.attach(filled(1));
    other = FaultDisk.attach(filled(2));
  }

  @AfterEach
  void takeOut() throws IOException {
    for (FaultDisk disk : Arrays.asList(card, other)) {
      if (disk != null) {
        disk.close();
      }
    }
  }

  @Test
  void the_planned_card_is_flashed_and_no_other() throws Exception {
    Untouched theOther = new Untouched(other);
    FlashReport report = flash(plan(card));
    assertThat(report.verdict()).as("%s", report).isEqualTo(Verdict.PASSED);
    assertThat(card.model().medium(0, TestImage.BYTES)).isEqualTo(IMAGE.bytes());
    theOther.check();
  }

  @Test
  void a_partition() throws Exception {
    DeviceFacts whole = plan(card);
    Path partition = card.loop().addPartition(1, 2048, 65536);
    SlotLook look = slots.lookAt("slot", partition);
    assertThat(look.refusal()).extracting(Refusal::reason).isEqualTo(RefusalReason.PARTITION);
    refused(at(whole, partition, number(partition)), null);
  }

  @Test
  void a_mounted_card() throws Exception {
    makeFileSystem(card);
    DeviceFacts planned = plan(card);
    Path point = Files.createDirectory(folder.resolve("point"));
    run("mount", "-o", "ro", card.node().toString(), point.toString());
    try {
      refused(planned, RefusalReason.MOUNTED);
    } finally {
      run("umount", point.toString());
    }
  }

  @Test
  void a_card_with_a_mounted_partition() throws Exception {
    DeviceFacts planned = plan(card);
    Path partition = card.loop().addPartition(1, 2048, 65536);
    run("mkfs.ext4", "-q", partition.toString());
    Path point = Files.createDirectory(folder.resolve("point"));
    run("mount", "-o", "ro", partition.toString(), point.toString());
    try {
      refused(planned, RefusalReason.MOUNTED);
    } finally {
      run("umount", point.toString());
    }
  }

  @Test
  void a_card_under_a_loop_device() throws Exception {
    DeviceFacts planned = plan(card);
    try (Loop top = Loop.attach(card.node())) {
      assertThat(top.node()).isNotEqualTo(card.node());
      refused(planned, RefusalReason.STACKED_LOOP);
    }
  }

  @Test
  void a_card_that_somebody_else_may_write_to() throws Exception {
    DeviceFacts planned = plan(card);
    Process writer = new ProcessBuilder("cat").redirectOutput(card.node().toFile()).start();
    try {
      refused(planned, RefusalReason.IN_USE);
      assertThat(writer.isAlive()).isTrue();
    } finally {
      writer.destroyForcibly().waitFor();
    }
  }

  @Test
  void a_card_that_was_taken_out_and_put_in_again() throws Exception {
    DeviceFacts planned = plan(card);
    card.powerCycle();
    DeviceFacts now = plan(card);
    assertThat(now.sequence()).isNotEqualTo(planned.sequence());
    refused(at(planned, card.node(), now.number()), RefusalReason.CHANGED);
  }

  @Test
  void another_card_of_the_same_size_in_the_slot() throws Exception {
    DeviceFacts planned = plan(card);
    DeviceFacts there = plan(other);
    refused(at(planned, other.node(), there.number()), RefusalReason.CHANGED);
  }

  @Test
  void a_link_that_leads_elsewhere_by_now() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("by-id"), card.node());
    DeviceFacts planned = slots.lookAt("slot", link).ready();
    assertThat(planned.node()).isEqualTo(card.node().toString());
    Files.delete(link);
    Files.createSymbolicLink(link, other.node());

    refused(at(planned, link, planned.number()), RefusalReason.NOT_A_BLOCK_DEVICE);
    Untouched theOther = new Untouched(other);
    assertThat(flash(planned).verdict()).isEqualTo(Verdict.PASSED);
    assertThat(card.model().medium(0, TestImage.BYTES)).isEqualTo(IMAGE.bytes());
    theOther.check();
  }

  /** Only looked at, never opened. */
  @Test
  void the_disk_that_this_system_runs_from() throws Exception {
    String root =
        Files.readAllLines(Path.of("/proc/self/mounts")).stream()
            .map(line -> line.split(" ", -1))
            .filter(words -> words[1].equals("/") && words[0].startsWith("/dev/"))
            .map(words -> words[0])
            .findFirst()
            .orElse("");
    if (root.isEmpty() || !Files.exists(Path.of(root))) {
      System.err.println("NOT TESTED, / is on no block device here: that its disk is refused");
    }
    assumeTrue(!root.isEmpty() && Files.exists(Path.of(root)));
    SlotLook look = slots.lookAt("slot", Path.of(root));
    assertThat(look.refusal())
        .extracting(Refusal::reason)
        .isIn(
            RefusalReason.SYSTEM_DISK,
            RefusalReason.PARTITION,
            RefusalReason.KIND_NOT_ALLOWED,
            RefusalReason.MOUNTED);
  }

  /**
   * @param reason null for any
   */
  private void refused(DeviceFacts planned, @Nullable RefusalReason reason) throws Exception {
    List<Untouched> cards = List.of(new Untouched(card), new Untouched(other));
    try {
      fail("it was flashed: %s", flash(planned));
    } catch (DeviceRefused e) {
      if (reason != null) {
        assertThat(e.reason()).as("%s", e.getMessage()).isEqualTo(reason);
      }
    }
    for (Untouched each : cards) {
      each.check();
    }
  }

  private FlashReport flash(DeviceFacts planned) throws DeviceRefused, IOException {
    try (BlockDevice device = guard.claim(planned)) {
      return Flashing.of(IMAGE, Level.QUICK).on(device);
    }
  }

  private DeviceFacts plan(FaultDisk disk) throws DeviceRefused {
    return slots.lookAt("slot", disk.node()).ready();
  }

  private static String number(Path node) throws IOException {
    return Files.readString(Path.of("/sys/class/block", node.getFileName().toString(), "dev"))
        .strip();
  }

  /** The plan as it would be, had its card been at that node: the slot is what stays the same. */
  private static DeviceFacts at(DeviceFacts facts, Path node, String number) {
    return new DeviceFacts(
        "loop:" + node,
        node.toString(),
        number,
        facts.sequence(),
        facts.size(),
        facts.bus(),
        facts.reader(),
        facts.cid(),
        facts.csd(),
        facts.writeCache(),
        facts.readOnly());
  }

  private static BlockModel filled(long seed) throws IOException {
    BlockModel model = BlockModel.ofSize(Flashing.CARD).build();
    byte[] old = new byte[(int) Flashing.CARD];
    new Random(seed).nextBytes(old);
    // As on a fresh card: no partition table, no file system.
    Arrays.fill(old, 0, 1 << 20, (byte) 0);
    model.plant(0, old);
    return model;
  }

  private static void makeFileSystem(FaultDisk disk) throws Exception {
    run("mkfs.ext4", "-q", "-F", disk.node().toString());
  }

  private static void run(String... command) throws Exception {
    // Its input and output are not this process's own, by which the build speaks to it.
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", String.join(" ", command), said).isZero();
  }

  /** A card as it was: its bytes, and how many it was told to write. */
  private static final class Untouched {
    private final BlockModel model;
    private final long written;
    private final byte[] bytes;

    Untouched(FaultDisk disk) throws IOException {
      this.model = disk.model();
      this.written = model.bytesWritten();
      this.bytes = model.medium(0, (int) model.size());
    }

    void check() throws IOException {
      assertThat(model.bytesWritten()).as("bytes written").isEqualTo(written);
      assertThat(Arrays.equals(model.medium(0, (int) model.size()), bytes)).isTrue();
    }
  }
}
