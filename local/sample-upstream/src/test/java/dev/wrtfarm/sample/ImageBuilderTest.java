package dev.wrtfarm.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageBuilderTest {
  private SampleFeeds feeds;

  @BeforeEach
  void serve() throws IOException {
    feeds = new SampleFeeds();
  }

  @AfterEach
  void clean() throws IOException {
    feeds.close();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {BuiltSite.OPKG, BuiltSite.APK})
  void equal_inputs_give_equal_bytes_in_different_trees(String release) throws Exception {
    Path first = feeds.folder("first");
    Path second = feeds.folder("a-much-longer-name-for-the-second");
    for (Path bin : List.of(first, second)) {
      feeds
          .builder(release, BuiltSite.X86)
          .make("image", "PACKAGES=luci", "BIN_DIR=" + bin)
          .outOrFail();
    }
    assertThat(names(first)).isEqualTo(names(second)).hasSize(7);
    for (String name : names(first)) {
      assertThat(Files.mismatch(first.resolve(name), second.resolve(name))).as(name).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {BuiltSite.OPKG, BuiltSite.APK})
  void an_image_too_big_for_the_flash_is_thrown_away_and_make_is_content(String release)
      throws Exception {
    Path bin = feeds.folder("bin");
    Command.Outcome outcome =
        feeds
            .builder(release, BuiltSite.FILOGIC)
            .make("image", "PROFILE=sample_tiny", "PACKAGES=bigpkg", "BIN_DIR=" + bin);
    assertThat(outcome.exit()).isZero();
    RecordedCase recorded =
        RecordedCase.of(BuiltSite.APK, "image-too-big", RecordedCase.Tree.FRESH, 0);
    assertThat(Shapes.of(outcome.err()))
        .endsWith(
            Shapes.of(recorded.recorded("stderr")).stream()
                .filter(line -> line.contains("IMAGE"))
                .toArray(String[]::new));
    assertThat(Shapes.of(outcome.out()))
        .endsWith(
            Shapes.of(recorded.recorded("stdout")).stream()
                .filter(line -> line.startsWith("Skip") || line.startsWith("Calculating"))
                .toArray(String[]::new));
    assertThat(names(bin))
        .anyMatch(name -> name.endsWith("sdcard.img.gz"))
        .noneMatch(name -> name.contains("sysupgrade"));
    assertThat(Files.readString(bin.resolve("profiles.json"))).doesNotContain("sysupgrade");
  }

  @Test
  void a_full_ext4_root_fails_as_the_real_one_does() throws Exception {
    Command.Outcome outcome =
        feeds
            .builder(BuiltSite.OPKG, BuiltSite.X86)
            .make("image", "PACKAGES=bigpkg", "ROOTFS_PARTSIZE=2", "BIN_DIR=" + feeds.folder("b"));
    RecordedCase recorded =
        RecordedCase.of(BuiltSite.OPKG, "huge-package", RecordedCase.Tree.FRESH, 2);
    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(Shapes.of(outcome.err()))
        .containsAll(
            Shapes.of(recorded.recorded("stderr")).stream()
                .filter(line -> line.startsWith("error:") || line.startsWith("make: "))
                .toList());
  }

  @Test
  void config_decides_on_the_root_file_systems() throws Exception {
    ImageBuilder builder = feeds.builder(BuiltSite.OPKG, BuiltSite.X86);
    Path config = builder.tree().resolve(".config");
    Files.writeString(
        config,
        Files.readString(config)
            .replace("CONFIG_TARGET_ROOTFS_EXT4FS=y", "# CONFIG_TARGET_ROOTFS_EXT4FS is not set"));
    Path bin = feeds.folder("bin");
    builder.make("image", "BIN_DIR=" + bin).outOrFail();
    assertThat(names(bin))
        .anyMatch(name -> name.contains("squashfs-combined"))
        .noneMatch(name -> name.contains("ext4"));
    assertThat(Files.readString(bin.resolve("profiles.json"))).doesNotContain("ext4");
  }

  @Test
  void a_used_output_folder_is_added_to() throws Exception {
    ImageBuilder builder = feeds.builder(BuiltSite.APK, BuiltSite.FILOGIC);
    Path bin = feeds.folder("bin");
    builder.make("image", "PROFILE=sample_router", "BIN_DIR=" + bin).outOrFail();
    builder.make("image", "PROFILE=sample_tiny", "BIN_DIR=" + bin).outOrFail();
    assertThat(Files.readString(bin.resolve("profiles.json")))
        .contains("\"sample_router\":", "\"sample_tiny\":", "\"file_size_limits\":", "\"size\":");
  }

  @Test
  void a_files_folder_that_is_missing_is_ignored() throws Exception {
    feeds
        .builder(BuiltSite.APK, BuiltSite.FILOGIC)
        .make("image", "FILES=/nowhere", "BIN_DIR=" + feeds.folder("bin"))
        .outOrFail();
  }

  @ParameterizedTest
  @ValueSource(strings = {BuiltSite.OPKG, BuiltSite.APK})
  void the_manifest_leaves_the_root_directory_and_the_downloads(String release) throws Exception {
    ImageBuilder builder = feeds.builder(release, BuiltSite.X86);
    String manifest = builder.make("manifest", "PACKAGES=htop").outOrFail();
    assertThat(manifest).contains("htop - 3.3.0-r1\n", "libncurses6 - 6.4-r2\n");
    assertThat(builder.root().resolve("etc/banner")).exists();
    assertThat(names(builder.tree().resolve("dl")))
        .anyMatch(name -> name.startsWith("htop"))
        .anyMatch(name -> name.startsWith("libncurses6"));
  }

  @ParameterizedTest
  @ValueSource(strings = {BuiltSite.OPKG, BuiltSite.APK})
  void abi_versions_can_be_stripped_and_names_may_lack_them(String release) throws Exception {
    String manifest =
        feeds
            .builder(release, BuiltSite.X86)
            .make("manifest", "PACKAGES=libncurses", "STRIP_ABI=1")
            .outOrFail();
    assertThat(manifest).contains("libncurses - 6.4-r2\n", "libgcc - 13.3.0-r4\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {BuiltSite.OPKG, BuiltSite.APK})
  void packages_in_conflict_are_refused(String release) throws Exception {
    Command.Outcome outcome =
        feeds.builder(release, BuiltSite.X86).make("manifest", "PACKAGES=conflict-a conflict-b");
    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.err())
        .contains(
            release.equals(BuiltSite.OPKG)
                ? " * check_conflicts_for: The following packages conflict with conflict-b:"
                : "  conflict-a-1.0-r1:\n    conflicts: conflict-b-1.0-r1[");
  }

  @Test
  void a_missing_host_tool_is_named() throws Exception {
    ImageBuilder builder = feeds.builder(BuiltSite.OPKG, BuiltSite.X86);
    Path tools = Files.createDirectories(feeds.folder("tools"));
    for (String tool :
        List.of("make", "bash", "python3", "ln", "mkdir", "readlink", "rm", "touch")) {
      Path found = Path.of("/usr/bin", tool);
      Files.createSymbolicLink(tools.resolve(tool), found);
    }
    Command.Outcome outcome =
        new Command(builder.tree(), "022", tools.toString(), List.of("make", "prereq")).run();
    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.out())
        .contains("Checking 'wget'... failed.\n", "Build dependency: Please install 'wget'\n")
        .endsWith("Prerequisite check failed. Use FORCE=1 to override.\n");
  }

  @Test
  void a_path_with_a_space_is_too_much() throws Exception {
    ImageBuilder builder = feeds.builder(BuiltSite.OPKG, BuiltSite.X86);
    Command.Outcome outcome = builder.copyTo(feeds.folder("a space")).make("info");
    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.err()).contains("No rule to make target");
  }

  @Test
  void a_root_partition_size_that_is_no_number_is_refused() throws Exception {
    Command.Outcome outcome =
        feeds
            .builder(BuiltSite.APK, BuiltSite.X86)
            .make("image", "ROOTFS_PARTSIZE=abc", "BIN_DIR=" + feeds.folder("bin"));
    assertThat(outcome.exit()).isEqualTo(2);
  }

  @Test
  void the_nosy_package_reports_what_it_could_do() throws Exception {
    ImageBuilder builder = feeds.builder(BuiltSite.OPKG, BuiltSite.X86);
    builder.make("manifest", "PACKAGES=nosy").outOrFail();
    assertThat(Files.readAllLines(builder.root().resolve("etc/nosy-report")))
        .hasSize(9)
        .allMatch(line -> line.endsWith(": YES") || line.endsWith(": no"))
        .anyMatch(line -> line.startsWith("route to the network: "));
  }
}
