package dev.wrtfarm.worker.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoriesTest {
  private static final String LOCAL = "http://127.0.0.1:8642/r";

  @TempDir Path dir;

  @Test
  void feeds_of_opkg_are_numbered_and_the_rest_stays() {
    Repositories here =
        Repositories.ofOpkg(
            """
            ## comment
            src/gz openwrt_core https://downloads.openwrt.org/releases/24.10.0/targets/x86/64/packages
            src/gz openwrt_base https://downloads.openwrt.org/releases/24.10.0/packages/x86_64/base/
            # src/gz off https://example.org/off
            src imagebuilder file:packages
            option check_signature
            """,
            LOCAL);
    assertThat(here.text())
        .isEqualTo(
            """
            ## comment
            src/gz openwrt_core http://127.0.0.1:8642/r/0
            src/gz openwrt_base http://127.0.0.1:8642/r/1
            # src/gz off https://example.org/off
            src imagebuilder file:packages
            option check_signature
            """);
    assertThat(here.bases())
        .containsExactly(
            URI.create("https://downloads.openwrt.org/releases/24.10.0/targets/x86/64/packages"),
            URI.create("https://downloads.openwrt.org/releases/24.10.0/packages/x86_64/base"));
  }

  @Test
  void feeds_of_apk_keep_the_name_of_their_index() {
    Repositories here =
        Repositories.ofApk(
            """
            https://downloads.openwrt.org/releases/25.12.5/packages/x86_64/base/packages.adb
            # https://example.org/off/packages.adb
            file:///builder/packages/packages.adb
            """,
            LOCAL);
    assertThat(here.text())
        .startsWith("http://127.0.0.1:8642/r/0/packages.adb\n# https://example.org/off")
        .contains("file:///builder/packages/packages.adb");
    assertThat(here.bases())
        .containsExactly(
            URI.create("https://downloads.openwrt.org/releases/25.12.5/packages/x86_64/base"));
  }

  @Test
  void only_chosen_file_systems_stay_on_and_none_is_turned_on() {
    String config =
        """
        CONFIG_TARGET_ROOTFS_TARGZ=y
        CONFIG_TARGET_ROOTFS_EXT4FS=y
        CONFIG_TARGET_ROOTFS_SQUASHFS=y
        CONFIG_TARGET_ROOTFS_PARTSIZE=104
        """;
    assertThat(DotConfig.choose(config, List.of("squashfs", "ubifs")))
        .isEqualTo(
            """
            CONFIG_TARGET_ROOTFS_TARGZ=y
            # CONFIG_TARGET_ROOTFS_EXT4FS is not set
            CONFIG_TARGET_ROOTFS_SQUASHFS=y
            CONFIG_TARGET_ROOTFS_PARTSIZE=104
            """);
    assertThat(DotConfig.choose(config, List.of())).isEqualTo(config);
  }

  @Test
  void a_banner_behind_a_link_is_not_read() throws IOException {
    Path root = dir.resolve("build_dir/target-x86_64_musl/root-x86");
    Files.createDirectories(root);
    Path outside = Files.createDirectories(dir.resolve("outside"));
    Files.writeString(outside.resolve("banner"), "secret");
    Files.createSymbolicLink(root.resolve("etc"), outside);
    assertThat(Banner.read(dir)).isEmpty();
    Files.delete(root.resolve("etc"));
    Files.createDirectories(root.resolve("etc"));
    Files.createSymbolicLink(root.resolve("etc/banner"), outside.resolve("banner"));
    assertThat(Banner.read(dir)).isEmpty();
    Files.delete(root.resolve("etc/banner"));
    Files.writeString(root.resolve("etc/banner"), "hello\n");
    assertThat(Banner.read(dir)).contains("hello\n");
  }
}
