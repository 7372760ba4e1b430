package dev.wrtfarm.flash.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.faultdisk.loop.Loop;
import dev.wrtfarm.flash.linux.OpenFile;
import dev.wrtfarm.flash.linux.OpenFlag;
import dev.wrtfarm.flash.medium.BlockDevice;
import dev.wrtfarm.flash.medium.Medium;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guard against a real kernel; nothing may be written by whatever is refused. */
class GuardOnLoopTest {
  private static final long SIZE = 16 * 1024 * 1024;

  /** Ten pages at least, be they of 64 KiB. */
  private static final int SWAP = 1024 * 1024;

  private static final DeviceRules TEST_HOST = new DeviceRules(true, DeviceRules.LARGEST_CARD);

  @TempDir Path folder;
  private final Slots slots = new Slots(HostRoots.REAL, TEST_HOST);
  private final DeviceGuard guard = new DeviceGuard(HostRoots.REAL, TEST_HOST);
  private LoopFile loop;

  @BeforeEach
  void attach() throws IOException {
    loop = LoopFile.make(folder.resolve("card"), SIZE);
  }

  @AfterEach
  void detach() throws IOException {
    if (loop != null) {
      loop.close();
    }
  }

  @Test
  void a_free_device_is_claimed_and_can_be_written() throws Exception {
    SlotLook look = slots.look(loop.slot());
    assertThat(look.refusal()).isNull();
    DeviceFacts facts = look.ready();
    assertThat(facts.size()).isEqualTo(SIZE);
    assertThat(facts.sequence()).isPositive();

    try (BlockDevice device = guard.claim(facts);
        Arena arena = Arena.ofConfined()) {
      MemorySegment block = arena.allocate(Medium.BLOCK, Medium.BLOCK).fill((byte) 7);
      device.write(SIZE - Medium.BLOCK, block);
      device.flush();
      block.fill((byte) 0);
      device.read(SIZE - Medium.BLOCK, block);
      assertThat(block.get(java.lang.foreign.ValueLayout.JAVA_BYTE, 9)).isEqualTo((byte) 7);
      assertThat(device.size()).isEqualTo(SIZE);
    }
  }

  @Test
  void a_claimed_device_is_not_given_twice_nor_mounted() throws Exception {
    LoopFile.run("mkfs.ext4", "-q", loop.node());
    DeviceFacts facts = slots.look(loop.slot()).ready();
    try (BlockDevice device = guard.claim(facts)) {
      assertThat(device.number()).isEqualTo(facts.number());
      assertThat(catchThrowableOfType(DeviceRefused.class, () -> guard.claim(facts)))
          .extracting(DeviceRefused::reason)
          .isEqualTo(RefusalReason.IN_USE);
      assertThat(
              catchThrowableOfType(
                  IOException.class, () -> LoopFile.run("mount", loop.node(), folder.toString())))
          .isNotNull();
    }
    guard.claim(facts).close();
  }

  @Test
  void a_mounted_device_is_refused_and_the_mount_is_named() throws Exception {
    LoopFile.run("mkfs.ext4", "-q", loop.node());
    DeviceFacts planned = slots.look(loop.slot()).ready();
    Path point = Files.createDirectory(folder.resolve("a mount"));
    LoopFile.run("mount", "-o", "ro", loop.node(), point.toString());
    loop.atTheEnd("umount", point.toString());

    refuses(planned, RefusalReason.MOUNTED, point.toString(), "umount");
  }

  @Test
  void a_mount_that_only_another_process_sees_is_refused_by_the_kernel_and_explained()
      throws Exception {
    LoopFile.run("mkfs.ext4", "-q", loop.node());
    DeviceFacts planned = slots.look(loop.slot()).ready();
    Process other =
        new ProcessBuilder(
                "unshare",
                "-m",
                "--propagation",
                "private",
                "sh",
                "-c",
                "mount -o ro \"$0\" /mnt && echo mounted && cat",
                loop.node())
            .start();
    try {
      assertThat(firstLine(other)).isEqualTo("mounted");
      refuses(planned, RefusalReason.IN_USE, "/mnt", "as process");
    } finally {
      other.getOutputStream().close();
      other.waitFor();
    }
  }

  @Test
  void swap_is_refused() throws Exception {
    LoopFile.run("mkswap", loop.node(), "" + SWAP / 1024);
    DeviceFacts planned = slots.look(loop.slot()).ready();
    LoopFile.run("swapon", loop.node());
    loop.atTheEnd("swapoff", loop.node());

    // A machine that is short of memory writes there itself.
    refuses(planned, SWAP, RefusalReason.SWAP, loop.node(), "swapoff");
  }

  @Test
  void a_loop_device_on_top_is_refused_and_named() throws Exception {
    DeviceFacts planned = slots.look(loop.slot()).ready();
    String top = loop.stack().node().toString();

    refuses(planned, RefusalReason.STACKED_LOOP, top, "losetup -d " + top);
    SlotLook window = slots.look(new SlotConfig("slot-2", "loop:" + top));
    assertThat(refusal(window).reason()).isEqualTo(RefusalReason.KIND_NOT_ALLOWED);
    assertThat(refusal(window).message()).contains(loop.node());
  }

  @Test
  void a_process_that_may_write_is_refused_and_named() throws Exception {
    DeviceFacts planned = slots.look(loop.slot()).ready();
    Process other =
        new ProcessBuilder("sh", "-c", "exec 3<>\"$0\"; echo open; read x", loop.node()).start();
    try {
      assertThat(firstLine(other)).isEqualTo("open");
      refuses(planned, RefusalReason.IN_USE, "process " + other.pid(), "(sh)");
    } finally {
      other.getOutputStream().close();
      other.waitFor();
    }
  }

  @Test
  void a_card_that_was_taken_out_and_put_in_again_is_another() throws Exception {
    DeviceFacts planned = slots.look(loop.slot()).ready();
    loop.attachAgain();

    refuses(planned, RefusalReason.CHANGED, "disk sequence number", "make a new plan");
    guard.reclaim(planned).close();
  }

  @Test
  void a_card_of_another_size_is_another_also_after_a_reset() throws Exception {
    DeviceFacts found = slots.look(loop.slot()).ready();
    DeviceFacts planned = withSize(found, SIZE * 2);

    refuses(planned, RefusalReason.CHANGED, "size");
    assertThat(catchThrowableOfType(DeviceRefused.class, () -> guard.reclaim(planned)))
        .extracting(DeviceRefused::reason)
        .isEqualTo(RefusalReason.CHANGED);
  }

  @Test
  void a_read_only_device_is_refused() throws Exception {
    loop.close();
    loop = LoopFile.make(folder.resolve("card"), SIZE, "--read-only");

    assertThat(slots.look(loop.slot()).refusal())
        .extracting(Refusal::reason)
        .isEqualTo(RefusalReason.READ_ONLY);
  }

  @Test
  void a_partition_is_refused_and_its_card_named() throws Exception {
    Process sfdisk = new ProcessBuilder("sfdisk", "-q", loop.node()).start();
    sfdisk.getOutputStream().write(",4M\n".getBytes(StandardCharsets.UTF_8));
    sfdisk.getOutputStream().close();
    sfdisk.waitFor();
    loop.readPartitions();

    Refusal refusal = refusal(slots.lookAt("local", Path.of(loop.node() + "p1")));
    assertThat(refusal.reason()).isEqualTo(RefusalReason.PARTITION);
    assertThat(refusal.message()).contains(loop.node() + "p1").endsWith(loop.node());
  }

  @Test
  void a_link_in_the_place_of_the_node_is_never_followed() throws Exception {
    DeviceFacts facts = slots.look(loop.slot()).ready();
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of(loop.node()));

    assertThat(slots.look(new SlotConfig("slot-1", "loop:" + link)).refusal())
        .extracting(Refusal::reason)
        .isEqualTo(RefusalReason.NOT_A_BLOCK_DEVICE);
    DeviceFacts swapped = withNode(facts, link.toString());
    assertThat(
            catchThrowableOfType(
                DeviceRefused.class,
                () -> new Opening(HostRoots.REAL).open(swapped, OpenFlag.READ_WRITE)))
        .extracting(DeviceRefused::reason)
        .isEqualTo(RefusalReason.CHANGED);
    assertThat(slots.lookAt("local", link).ready().node()).isEqualTo(loop.node());
  }

  @Test
  void what_comes_in_between_the_checks_and_the_opening_is_found_after_it() throws Exception {
    DeviceFacts planned = slots.look(loop.slot()).ready();
    Opening opening = new Opening(HostRoots.REAL);
    AtomicReference<Loop> top = new AtomicReference<>();
    DeviceGuard interrupted =
        new DeviceGuard(
            slots,
            (facts, access) -> {
              OpenFile opened = opening.open(facts, access);
              top.set(now(loop::stack));
              return opened;
            });

    DeviceRefused refused =
        catchThrowableOfType(DeviceRefused.class, () -> interrupted.claim(planned).close());
    Loop upper = Objects.requireNonNull(top.get());
    upper.close();
    assertThat(refused.reason()).isEqualTo(RefusalReason.STACKED_LOOP);
    assertThat(refused).hasMessageContaining(upper.node().toString());
    claimedSoon(planned).close();
  }

  /** Whoever probes new devices on this host may keep the upper one for a moment. */
  private BlockDevice claimedSoon(DeviceFacts planned) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      try {
        return guard.claim(planned);
      } catch (DeviceRefused e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        Thread.sleep(50);
      }
    }
  }

  @Test
  void a_card_that_is_changed_between_the_checks_and_the_opening_is_found_by_its_descriptor()
      throws Exception {
    DeviceFacts planned = slots.look(loop.slot()).ready();
    Opening opening = new Opening(HostRoots.REAL);
    DeviceGuard interrupted =
        new DeviceGuard(
            slots,
            (facts, access) -> {
              now(() -> {
                loop.attachAgain();
                return "";
              });
              return opening.open(facts, access);
            });

    DeviceRefused refused =
        catchThrowableOfType(DeviceRefused.class, () -> interrupted.claim(planned).close());
    assertThat(refused.reason()).isEqualTo(RefusalReason.CHANGED);
    assertThat(refused).hasMessageContaining("disk sequence number");
  }

  @Test
  void the_disk_that_this_machine_runs_from_is_refused() throws Exception {
    String number =
        Mounts.read(Path.of("/proc/self/mountinfo")).stream()
            .filter(mount -> mount.point().equals("/"))
            .map(Mounts.Mount::number)
            .findFirst()
            .orElseThrow();
    Optional<Block> root = new Blocks(HostRoots.REAL).numbered(number);
    assumeTrue(root.isPresent(), "the root is on no block device, as in a container");
    Block disk = root.get().disk();

    SlotLook look = slots.lookAt("local", Path.of(disk.node()));

    assertThat(refusal(look).reason()).isEqualTo(RefusalReason.SYSTEM_DISK);
    assertThat(refusal(look).message()).contains("mounted at /.");
    assertThat(
            catchThrowableOfType(
                DeviceRefused.class, () -> guard.claim(Objects.requireNonNull(look.device()))))
        .isNotNull();
  }

  private interface Act<T> {
    T run() throws IOException;
  }

  private static <T> T now(Act<T> act) {
    try {
      return act.run();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void only_a_test_host_writes_to_loop_devices_and_files() throws Exception {
    Slots real = new Slots(HostRoots.REAL, new DeviceRules(false, DeviceRules.LARGEST_CARD));
    assertThat(real.look(loop.slot()).refusal())
        .extracting(Refusal::reason)
        .isEqualTo(RefusalReason.LOOP_NOT_ALLOWED);
  }

  @Test
  void what_is_larger_than_allowed_is_refused() throws Exception {
    Slots small = new Slots(HostRoots.REAL, new DeviceRules(true, SIZE - 1));
    Refusal refusal = refusal(small.look(loop.slot()));
    assertThat(refusal.reason()).isEqualTo(RefusalReason.TOO_LARGE);
    assertThat(refusal.message()).contains("16.0 MiB").contains("max-size");
  }

  private void refuses(DeviceFacts planned, RefusalReason reason, String... words)
      throws IOException {
    refuses(planned, 0, reason, words);
  }

  private void refuses(DeviceFacts planned, int from, RefusalReason reason, String... words)
      throws IOException {
    String before = loop.digest(from);
    DeviceRefused refused =
        catchThrowableOfType(DeviceRefused.class, () -> guard.claim(planned).close());
    assertThat(refused).isNotNull();
    assertThat(refused.reason()).as(refused.getMessage()).isEqualTo(reason);
    assertThat(refused).hasMessageContainingAll(words);
    assertThat(loop.digest(from)).as("nothing was written").isEqualTo(before);
  }

  private static Refusal refusal(SlotLook look) {
    return Objects.requireNonNull(look.refusal());
  }

  private static String firstLine(Process process) throws IOException {
    BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
    return reader.readLine();
  }

  private static DeviceFacts withSize(DeviceFacts f, long size) {
    return new DeviceFacts(
        f.port(),
        f.node(),
        f.number(),
        f.sequence(),
        size,
        f.bus(),
        f.reader(),
        f.cid(),
        f.csd(),
        f.writeCache(),
        f.readOnly());
  }

  private static DeviceFacts withNode(DeviceFacts f, String node) {
    return new DeviceFacts(
        f.port(),
        node,
        f.number(),
        f.sequence(),
        f.size(),
        f.bus(),
        f.reader(),
        f.cid(),
        f.csd(),
        f.writeCache(),
        f.readOnly());
  }
}
