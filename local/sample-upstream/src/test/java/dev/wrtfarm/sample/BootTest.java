package dev.wrtfarm.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wrtfarm.launcher.VirtualMachine;
import dev.wrtfarm.launcher.VirtualMachine.Writes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Images of x86/vm start, by nothing but their bytes. Only the exact line of the system counts as a
 * proof: an emulator's exit code is 0 after a panic too.
 */
class BootTest {
  private static final String TARGET = "x86/vm";
  private static final String RECORD =
      "{\"imageId\":\"00112233445566aa\",\"profile\":\"bootable\"}";
  private static final Duration LIMIT = Duration.ofMinutes(6);
  private static final int CARD_BYTES = 48 << 20;
  private static final int ROOT_AT = 21 << 20;

  private static SampleFeeds feeds;
  private static Path image;
  private Path card;

  @BeforeAll
  static void build() throws IOException, InterruptedException {
    boolean possible =
        VirtualMachine.isInstalled() && Files.exists(BuiltSite.target(BuiltSite.APK, TARGET));
    if (!possible) {
      System.err.println(
          "NOT TESTED, whether images boot: needs the Debian package qemu-system-x86, and a target"
              + " x86/vm in the sample ("
              + Files.readString(BuiltSite.ROOT.resolve("README.txt")).lines().toList().getLast()
              + ")");
    }
    assumeTrue(possible, "there are QEMU and an image that boots");
    feeds = new SampleFeeds();
    image = image(RECORD);
  }

  @AfterAll
  static void clean() throws IOException {
    if (feeds != null) {
      feeds.close();
    }
  }

  /** The unpacked image with the record in it. */
  private static Path image(String buildRecord) throws IOException, InterruptedException {
    Path files = feeds.folder("files");
    Files.createDirectories(files.resolve("etc"));
    Files.writeString(files.resolve("etc/wrtfarm-build.json"), buildRecord + "\n");
    Path bin = feeds.folder("bin");
    feeds
        .builder(BuiltSite.APK, TARGET)
        .make("image", "FILES=" + files, "BIN_DIR=" + bin)
        .outOrFail();
    String name = "sample-25.12.0-sample-x86-vm-bootable-squashfs-combined.img";
    Command.run(bin, "gzip", "-d", name + ".gz").outOrFail();
    return bin.resolve(name);
  }

  @BeforeEach
  void write() throws IOException {
    card = feeds.folder("card");
    try (RandomAccessFile bytes = new RandomAccessFile(card.toFile(), "rw")) {
      bytes.setLength(CARD_BYTES);
    }
    writeOver(card, image);
  }

  /** As dd does it: what lies behind the image's end stays as it was. */
  private static void writeOver(Path card, Path image) throws IOException {
    put(card, 0, Files.readAllBytes(image));
  }

  private static void put(Path card, long offset, byte[] content) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(card.toFile(), "rw")) {
      bytes.seek(offset);
      bytes.write(content);
    }
  }

  private static List<String> boot(Path card, Writes writes) throws Exception {
    return VirtualMachine.boot(card, writes, LIMIT);
  }

  @Test
  void the_booted_system_says_which_image_it_is_and_the_card_stays_as_it_was() throws Exception {
    Path before = Files.copy(card, feeds.folder("before"), StandardCopyOption.COPY_ATTRIBUTES);
    assertThat(boot(card, Writes.DISCARDED))
        .contains("WRTFARM-BUILD: " + RECORD, "WRTFARM-OVERLAY: new");
    assertThat(Files.mismatch(before, card)).isEqualTo(-1);
  }

  @Test
  void without_its_first_block_nothing_starts() throws Exception {
    put(card, 0, new byte[512]);
    assertThat(boot(card, Writes.DISCARDED)).noneMatch(line -> line.contains("WRTFARM-"));
  }

  @Test
  void without_a_root_nothing_says_which_image_it_is() throws Exception {
    put(card, ROOT_AT, new byte[512]);
    assertThat(boot(card, Writes.DISCARDED))
        .noneMatch(line -> line.contains("WRTFARM-BUILD"))
        .anyMatch(line -> line.startsWith("WRTFARM-FAILED: no squashfs"));
  }

  @Test
  void an_overlay_that_outlives_its_image_speaks_for_the_old_one() throws Exception {
    assertThat(boot(card, Writes.KEPT)).contains("WRTFARM-BUILD: " + RECORD);
    writeOver(card, image(RECORD.replace("00112233445566aa", "ffeeddccbbaa9988")));
    assertThat(boot(card, Writes.DISCARDED))
        .contains("WRTFARM-OVERLAY: kept", "WRTFARM-BUILD: " + RECORD);
  }

  @Test
  void a_configuration_archive_behind_the_root_is_taken_up_once() throws Exception {
    Path settings = feeds.folder("settings");
    Files.createDirectories(settings.resolve("etc/config"));
    Files.writeString(
        settings.resolve("etc/config/system"), "config system\n\toption hostname 'from-archive'\n");
    Path archive = feeds.folder("archive");
    Command.run(settings, "tar", "-czf", archive.toString(), "etc").outOrFail();
    // The image ends where its overlay begins.
    put(card, Files.size(image), Files.readAllBytes(archive));
    assertThat(boot(card, Writes.KEPT))
        .contains("WRTFARM-HOSTNAME: from-archive", "WRTFARM-BUILD: " + RECORD)
        .contains("WRTFARM-OVERLAY: restored from a configuration archive");
    assertThat(boot(card, Writes.DISCARDED))
        .contains("WRTFARM-HOSTNAME: from-archive", "WRTFARM-OVERLAY: kept");
  }
}
