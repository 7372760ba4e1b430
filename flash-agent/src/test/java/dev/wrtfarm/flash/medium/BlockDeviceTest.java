package dev.wrtfarm.flash.medium;

import static dev.wrtfarm.flash.linux.OpenFlag.DIRECT;
import static dev.wrtfarm.flash.linux.OpenFlag.EXCLUSIVE;
import static dev.wrtfarm.flash.linux.OpenFlag.NO_FOLLOW;
import static dev.wrtfarm.flash.linux.OpenFlag.READ_ONLY;
import static dev.wrtfarm.flash.linux.OpenFlag.READ_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrtfarm.flash.device.LoopFile;
import dev.wrtfarm.flash.linux.BlockControl;
import dev.wrtfarm.flash.linux.CallFailed;
import dev.wrtfarm.flash.linux.OpenFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockDeviceTest {
  private static final int MIB = 1 << 20;

  @TempDir Path folder;

  @Test
  void gives_back_what_was_written_and_counts_what_it_delivered() throws Exception {
    try (LoopFile loop = LoopFile.written(folder.resolve("card"), 16 * MIB);
        BlockDevice device = open(loop);
        Arena arena = Arena.ofConfined()) {
      assertEquals(16 * MIB, device.size());
      MemorySegment written = arena.allocate(4 * MIB, Medium.BLOCK).fill((byte) 0x5a);
      device.write(8 * MIB, written);
      device.flush();

      long before = device.delivered().orElseThrow();
      MemorySegment read = arena.allocate(4 * MIB, Medium.BLOCK);
      device.read(8 * MIB, read);

      assertEquals(-1, written.mismatch(read));
      assertTrue(device.delivered().orElseThrow() - before >= 4 * MIB);
    }
  }

  @Test
  void names_the_error_and_its_place_at_the_end_of_the_device() throws Exception {
    try (LoopFile loop = LoopFile.written(folder.resolve("card"), 8 * MIB);
        BlockDevice device = open(loop);
        Arena arena = Arena.ofConfined()) {
      MemorySegment block = arena.allocate(2 * Medium.BLOCK, Medium.BLOCK);

      MediumFailed beyond =
          assertThrows(MediumFailed.class, () -> device.write(8 * MIB - Medium.BLOCK, block));
      assertEquals("ENOSPC", beyond.error());
      assertEquals(8 * MIB, beyond.offset());
      assertEquals("write", beyond.operation());
      assertEquals(
          "EOF", assertThrows(MediumFailed.class, () -> device.read(8 * MIB, block)).error());
    }
  }

  @Test
  void opens_a_device_for_one_only_and_locks_it() throws Exception {
    try (LoopFile loop = LoopFile.written(folder.resolve("card"), 8 * MIB);
        BlockDevice device = open(loop)) {
      // udev may have it for a moment.
      while (!device.file().lock()) {
        Thread.sleep(20);
      }
      assertEquals("EBUSY", assertThrows(CallFailed.class, () -> open(loop).close()).error());
      try (OpenFile other = OpenFile.open(loop.path(), READ_ONLY)) {
        assertFalse(other.lock());
      }
    }
  }

  @Test
  void says_what_the_kernel_knows_of_a_device() throws Exception {
    try (LoopFile loop = LoopFile.written(folder.resolve("card"), 8 * MIB);
        BlockDevice device = open(loop)) {
      assertTrue(device.file().status().blockDevice());
      assertEquals(
          Files.readString(sysfs(loop).resolve("queue/logical_block_size")).strip(),
          "" + BlockControl.sectorSize(device.file()));
      assertFalse(BlockControl.isReadOnly(device.file()));
      assertTrue(BlockControl.diskSequence(device.file()) > 0);
      assertEquals(Files.readString(sysfs(loop).resolve("dev")).strip(), device.number());
    }
  }

  @Test
  void takes_a_regular_file_that_counts_nothing() throws Exception {
    Path file = Files.write(folder.resolve("card"), new byte[MIB]);
    try (BlockDevice device = new BlockDevice(OpenFile.open(file, READ_WRITE));
        Arena arena = Arena.ofConfined()) {
      device.write(4096, arena.allocate(4096, 4096).fill((byte) 1));

      assertEquals(MIB, device.size());
      assertTrue(device.delivered().isEmpty());
      assertEquals(1, Files.readAllBytes(file)[4096]);
    }
  }

  @Test
  void follows_no_link_and_creates_no_file() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("gone"));

    assertEquals(
        "ELOOP",
        assertThrows(CallFailed.class, () -> OpenFile.open(link, READ_WRITE, NO_FOLLOW)).error());
    assertEquals(
        "ENOENT", assertThrows(CallFailed.class, () -> OpenFile.open(link, READ_WRITE)).error());
    assertFalse(Files.exists(folder.resolve("gone")));
  }

  @Test
  void a_closed_descriptor_is_never_used_again() throws IOException {
    OpenFile file = OpenFile.open(Files.createFile(folder.resolve("f")), READ_WRITE);
    file.close();
    file.close();

    assertEquals("EBADF", assertThrows(CallFailed.class, file::sync).error());
  }

  private static Path sysfs(LoopFile loop) {
    return Path.of("/sys/block", loop.path().getFileName().toString());
  }

  private static BlockDevice open(LoopFile loop) throws IOException {
    return new BlockDevice(OpenFile.open(loop.path(), READ_WRITE, EXCLUSIVE, DIRECT, NO_FOLLOW));
  }
}
