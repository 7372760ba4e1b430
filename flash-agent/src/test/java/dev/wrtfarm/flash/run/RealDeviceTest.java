package dev.wrtfarm.flash.run;

import static dev.wrtfarm.flash.linux.OpenFlag.DIRECT;
import static dev.wrtfarm.flash.linux.OpenFlag.EXCLUSIVE;
import static dev.wrtfarm.flash.linux.OpenFlag.NO_FOLLOW;
import static dev.wrtfarm.flash.linux.OpenFlag.READ_WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.flash.device.LoopFile;
import dev.wrtfarm.flash.linux.OpenFile;
import dev.wrtfarm.flash.medium.BlockDevice;
import dev.wrtfarm.flash.medium.Region;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole run on a loop device: the kernel's own way to the medium, and its counter. */
class RealDeviceTest {
  private static final int MIB = 1 << 20;

  @TempDir Path folder;

  @Test
  void a_loop_device_holds_the_image_and_can_be_checked_later() throws Exception {
    MemoryImage image = MemoryImage.random(21 * MIB + 512);
    try (LoopFile loop = LoopFile.written(folder.resolve("card"), 64 * MIB);
        BlockDevice device =
            new BlockDevice(OpenFile.open(loop.path(), READ_WRITE, EXCLUSIVE, DIRECT, NO_FOLLOW))) {
      Attempt attempt = new Attempt(device, image);
      attempt.level = Level.THOROUGH;
      attempt.wiped = List.of(new Region(56 * MIB, 8 * MIB));

      FlashReport report = attempt.run();

      assertEquals(Verdict.PASSED, report.verdict(), report.toString());
      assertTrue(report.warnings().stream().noneMatch(w -> w.contains("proves")));
      try (InputStream node = Files.newInputStream(loop.path())) {
        assertArrayEquals(image.bytes(), node.readNBytes(image.bytes().length));
      }
      Attempt check = new Attempt(device, image);
      check.kind = FlashKind.VERIFY;
      assertEquals(Verdict.PASSED, check.run().verdict());
    }
  }

  @Test
  void a_regular_file_passes_with_the_word_that_nothing_proves_the_reading() throws Exception {
    Path file = folder.resolve("card");
    Files.write(file, new byte[32 * MIB]);
    try (BlockDevice device = new BlockDevice(OpenFile.open(file, READ_WRITE))) {
      FlashReport report = new Attempt(device, MemoryImage.random(5 * MIB)).run();

      assertEquals(Verdict.PASSED, report.verdict(), report.toString());
      assertTrue(report.warnings().toString().contains("nothing proves the reading"));
    }
  }
}
