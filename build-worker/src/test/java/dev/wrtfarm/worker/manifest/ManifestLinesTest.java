package dev.wrtfarm.worker.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.recipe.ResolvedPackage;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.worker.feed.Delivery.Delivered;
import dev.wrtfarm.worker.testing.Recording;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestLinesTest {

  @ParameterizedTest
  @CsvSource({
    "opkg-24.10/manifest, 53, 1637~6df0e3d02a",
    "apk-25.12/manifest, 53, 1637~6df0e3d02a"
  })
  void a_recorded_manifest_is_read_whole(String recording, int count, String baseFiles)
      throws IOException {
    List<ManifestLines.Line> lines = ManifestLines.parse(Recording.stdout(recording));
    assertThat(lines).hasSize(count).contains(new ManifestLines.Line("base-files", baseFiles));
  }

  @Test
  void early_apk_snapshots_write_no_dash() {
    assertThat(ManifestLines.parse("busybox 1.36.1-r2\nkmod-e1000 6.6.83-r1\n"))
        .containsExactly(
            new ManifestLines.Line("busybox", "1.36.1-r2"),
            new ManifestLines.Line("kmod-e1000", "6.6.83-r1"));
  }

  @Test
  void other_lines_are_no_packages() {
    assertThat(
            ManifestLines.parse(
                "Checking 'true'... ok.\nBuilding images for x86 - Generic\n\nPackages: a b\n"))
        .isEmpty();
  }

  @Test
  void each_line_is_bound_to_the_file_that_was_delivered_for_it() {
    Delivered ipk = file("libgcc1_13.3.0-r4_x86_64.ipk", "one");
    Delivered apk = file("luci-25.014~7046a1c.apk", "two");
    List<ManifestLines.Line> lines =
        List.of(
            new ManifestLines.Line("libgcc1", "13.3.0-r4"),
            new ManifestLines.Line("luci", "25.014~7046a1c"),
            new ManifestLines.Line("kernel", "6.6.83"));
    assertThat(PackageFiles.bind(lines, List.of(apk, ipk)).packages())
        .containsExactly(
            new ResolvedPackage("kernel", "6.6.83", null),
            new ResolvedPackage("libgcc1", "13.3.0-r4", ipk.sha256().hex()),
            new ResolvedPackage("luci", "25.014~7046a1c", apk.sha256().hex()));
  }

  @Test
  void a_file_without_a_line_does_not_escape_the_digest() {
    List<ManifestLines.Line> lines = List.of(new ManifestLines.Line("a", "1"));
    Delivered stray = file("stray_1_all.ipk", "stray");
    assertThat(PackageFiles.bind(lines, List.of(stray)).digest())
        .isNotEqualTo(PackageFiles.bind(lines, List.of()).digest());
    assertThat(PackageFiles.bind(lines, List.of(stray)).packages())
        .contains(new ResolvedPackage("stray_1_all.ipk", "", stray.sha256().hex()));
  }

  private static Delivered file(String name, String content) {
    URI uri = URI.create("http://feeds.example/" + name);
    return new Delivered(uri, name, Path.of(name), Sha256.of(content), content.length());
  }
}
