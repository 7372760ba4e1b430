package dev.wrtfarm.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Images are what their names say, as the tools of the host see them. */
class ImageContentTest {
  private static SampleFeeds feeds;
  private static Path bin;
  private static Path disk;

  private static final String PREFIX = "sample-24.10.0-sample-lab-x86-64-generic-";

  @BeforeAll
  static void build() throws IOException, InterruptedException {
    feeds = new SampleFeeds();
    bin = feeds.folder("bin");
    Path files = Files.createDirectories(feeds.folder("files").resolve("etc"));
    Files.writeString(files.resolve("overlay-was-here"), "yes\n");
    feeds
        .builder(BuiltSite.OPKG, BuiltSite.X86)
        .make(
            "image",
            "PACKAGES=htop",
            "FILES=" + files.getParent(),
            "EXTRA_IMAGE_NAME=Lab",
            "DISABLED_SERVICES=dnsmasq",
            "BIN_DIR=" + bin)
        .outOrFail();
    disk = unzipped(PREFIX + "squashfs-combined.img.gz");
  }

  @AfterAll
  static void clean() throws IOException {
    feeds.close();
  }

  private static Path unzipped(String name) throws IOException, InterruptedException {
    Path file = bin.resolve(name.replace(".gz", ""));
    Command.run(bin, "gzip", "-dk", name).outOrFail();
    return file;
  }

  private static String tool(String... words) throws IOException, InterruptedException {
    return Command.run(bin, words).outOrFail();
  }

  @Test
  void a_disk_has_a_boot_and_a_root_partition() throws Exception {
    String table = tool("sfdisk", "-J", disk.toString());
    assertThat(table).contains("\"label\": \"dos\"").containsPattern("\"id\": \"0x[0-9a-f]{8}\"");
    assertThat(table).contains("\"start\": 2048", "\"type\": \"c\"", "\"bootable\": true");
    assertThat(table).contains("\"start\": 10240", "\"size\": 32768", "\"type\": \"83\"");
  }

  @Test
  void the_boot_partition_has_a_kernel_and_names_the_root() throws Exception {
    String listing = tool("mdir", "-b", "-i", disk + "@@1M", "::/");
    assertThat(listing.lines()).containsExactlyInAnyOrder("::/vmlinuz", "::/boot.cfg");
    String id = tool("sfdisk", "--disk-id", disk.toString()).strip().substring(2);
    assertThat(tool("mtype", "-i", disk + "@@1M", "::/boot.cfg")).contains("PARTUUID=" + id);
    assertThat(tool("mtype", "-i", disk + "@@1M", "::/vmlinuz")).contains("Not a kernel");
  }

  @Test
  void the_root_partition_is_a_squashfs_of_root_with_the_packages_and_files() throws Exception {
    String listing = tool("unsquashfs", "-o", "5242880", "-lln", disk.toString());
    assertThat(listing)
        .containsPattern("-rwxr-xr-x 0/0 .* squashfs-root/usr/bin/htop")
        .contains("squashfs-root/etc/overlay-was-here")
        .contains("squashfs-root/etc/rc.d/S19dropbear -> ../init.d/dropbear")
        .doesNotContain("rc.d/S19dnsmasq");
    assertThat(listing.lines().filter(line -> line.contains("squashfs-root")))
        .allMatch(line -> line.contains(" 0/0 "));
  }

  @Test
  void the_ext4_root_has_the_same_files_and_belongs_to_root() throws Exception {
    Path image = unzipped(PREFIX + "ext4-rootfs.img.gz");
    tool("e2fsck", "-fn", image.toString());
    assertThat(tool("debugfs", "-R", "stat /usr/bin/htop", image.toString()))
        .contains("Type: regular", "Mode:  0755", "User:     0   Group:     0");
    assertThat(tool("debugfs", "-R", "cat /etc/overlay-was-here", image.toString()))
        .isEqualTo("yes\n");
    assertThat(tool("debugfs", "-R", "stat /etc/rc.d/S19dropbear", image.toString()))
        .contains("Fast link dest: \"../init.d/dropbear\"");
  }

  @Test
  void profiles_json_and_sha256sums_name_every_image() throws Exception {
    tool("sha256sum", "--check", "--quiet", "sha256sums");
    String profiles = Files.readString(bin.resolve("profiles.json"));
    String sums = Files.readString(bin.resolve("sha256sums"));
    for (String filesystem : new String[] {"squashfs", "ext4"}) {
      for (String type : new String[] {"combined", "rootfs"}) {
        String name = PREFIX + filesystem + "-" + type + ".img.gz";
        String sum = tool("sha256sum", name).substring(0, 64);
        assertThat(profiles).contains("\"name\":\"" + name + "\",\"sha256\":\"" + sum + "\"");
        assertThat(sums).contains(sum + " *" + name);
      }
    }
  }

  @Test
  void the_manifest_lists_the_packages_with_their_abi_version() throws Exception {
    assertThat(Files.readAllLines(bin.resolve(PREFIX.replaceAll("-$", ".manifest"))))
        .contains("htop - 3.3.0-r1", "libncurses6 - 6.4-r2");
  }

  @Test
  void everything_says_that_it_is_a_sample() throws Exception {
    String banner = tool("unsquashfs", "-o", "5242880", "-cat", disk.toString(), "etc/banner");
    assertThat(banner).contains("wrtfarm SAMPLE", "not OpenWrt");
  }
}
