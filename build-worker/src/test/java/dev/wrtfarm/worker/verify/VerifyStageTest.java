package dev.wrtfarm.worker.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wrtfarm.common.build.ArtifactKind;
import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.worker.attempt.Attempt;
import dev.wrtfarm.worker.attempt.BuildFailed;
import dev.wrtfarm.worker.attempt.Progress;
import dev.wrtfarm.worker.fetch.ImageBuilder;
import dev.wrtfarm.worker.log.BuildLog;
import dev.wrtfarm.worker.log.Transcript;
import dev.wrtfarm.worker.profile.ProfilesJson;
import dev.wrtfarm.worker.profile.ProfilesJson.Image;
import dev.wrtfarm.worker.sandbox.MakeRun;
import dev.wrtfarm.worker.testing.Recording;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyStageTest {
  private static final Image SQUASHFS = new Image("up-squashfs.gz", "combined", "squashfs", null);
  private static final Image EXT4 = new Image("up-ext4.gz", "combined", "ext4", null);
  private static final Image INITRAMFS = new Image("up-initramfs", "kernel", "initramfs", null);
  private static final Image KERNEL = new Image("up-kernel", "kernel", null, null);

  @TempDir Path dir;
  private Attempt attempt;

  @BeforeEach
  void make() throws IOException {
    attempt = attempt(Recipe.of("24.10.0", "x86/64", "generic"));
    Files.createDirectories(attempt.output());
  }

  @Test
  void images_are_what_upstream_lists_whatever_their_names() throws IOException {
    made("squashfs", "ext4");
    Files.writeString(attempt.output().resolve("a.manifest"), "a - 1\n");
    List<OutputFile> files = verify(SQUASHFS, EXT4, INITRAMFS, KERNEL);
    assertThat(files)
        .extracting(OutputFile::name)
        .containsExactly("a.manifest", "mine-ext4.gz", "mine-squashfs.gz", "profiles.json");
    assertThat(files)
        .extracting(OutputFile::kind)
        .containsExactly(
            ArtifactKind.MANIFEST, ArtifactKind.IMAGE, ArtifactKind.IMAGE, ArtifactKind.PROFILES);
  }

  @Test
  void a_file_named_like_our_own_log_is_the_requests_fault() throws IOException {
    made("squashfs");
    Files.writeString(attempt.output().resolve("build.log"), "not ours\n");
    assertThat(refusal()).contains("build.log", "own log");
  }

  @Test
  void more_files_than_the_farm_takes_are_the_requests_fault() throws IOException {
    made("squashfs");
    for (int i = 0; i < 498; i++) {
      Files.writeString(attempt.output().resolve("file-" + i), "");
    }
    assertThat(refusal()).contains("500 files", "499");
  }

  private String refusal() {
    BuildFailed failed = catchThrowableOfType(BuildFailed.class, () -> verify(SQUASHFS));
    assertThat(failed).isNotNull();
    assertThat(failed.failure().reason()).isEqualTo(FailureReason.OUTPUT_REFUSED);
    return failed.failure().message();
  }

  @Test
  void an_image_that_is_missing_from_the_outputs_own_list_is_missed() throws IOException {
    made("squashfs");
    assertThat(failure(SQUASHFS, EXT4)).hasMessageContaining("combined on ext4");
  }

  @Test
  void a_file_system_that_was_not_chosen_is_not_missed() throws IOException {
    attempt =
        attempt(
            new Recipe(
                "24.10.0",
                "x86/64",
                "generic",
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of("squashfs")));
    made("squashfs");
    assertThat(verify(SQUASHFS, EXT4)).hasSize(2);
  }

  @Test
  void old_releases_name_no_file_systems_and_are_measured_by_their_own_list() throws IOException {
    made("squashfs");
    assertThat(verify(new Image("old.bin", "sysupgrade", null, null))).hasSize(2);
  }

  @Test
  void an_image_with_another_digest_is_refused() throws IOException {
    made("squashfs");
    Files.writeString(attempt.output().resolve("mine-squashfs.gz"), "other");
    assertThat(failure(SQUASHFS)).hasMessageContaining("SHA-256");
  }

  @Test
  void a_link_is_no_image_and_is_not_published() throws IOException {
    made("squashfs");
    Path secret = Files.writeString(dir.resolve("secret"), "mine-squashfs.gz");
    Files.createSymbolicLink(attempt.output().resolve("stolen.txt"), secret);
    assertThat(verify(SQUASHFS)).extracting(OutputFile::name).doesNotContain("stolen.txt");
    Files.delete(attempt.output().resolve("mine-squashfs.gz"));
    Files.createSymbolicLink(attempt.output().resolve("mine-squashfs.gz"), secret);
    assertThat(failure(SQUASHFS)).hasMessageContaining("not there");
  }

  @Test
  void a_name_that_leaves_the_folder_is_refused() throws IOException {
    Path secret = Files.writeString(dir.resolve("secret"), "x");
    list("../secret", Sha256.of(secret).hex());
    assertThat(failure()).hasMessageContaining("../secret");
  }

  @Test
  void a_build_without_a_list_failed() {
    assertThat(failure(SQUASHFS)).hasMessageContaining("no profiles.json");
  }

  @Test
  void the_recorded_list_of_a_device_that_is_too_small_lacks_its_image() throws IOException {
    List<Image> made =
        ProfilesJson.parse(Recording.file("apk-25.12/profiles-image-too-big.json"))
            .images("tinyflash")
            .orElseThrow();
    List<Image> published = List.of(SQUASHFS, new Image("up-rootfs", "rootfs", "squashfs", null));
    assertThat(ExpectedImages.missing(published, List.of(), made))
        .containsExactly("combined on squashfs");
  }

  @Test
  void the_recorded_list_of_a_good_build_is_read_whole() throws IOException {
    List<Image> images =
        ProfilesJson.parse(Recording.file("opkg-24.10/profiles.json"))
            .images("generic")
            .orElseThrow();
    assertThat(images).hasSize(6).allMatch(image -> image.sha256() != null);
  }

  private void made(String... filesystems) throws IOException {
    StringBuilder images = new StringBuilder();
    for (String each : filesystems) {
      String name = "mine-" + each + ".gz";
      Files.writeString(attempt.output().resolve(name), name);
      images.append(
          "%s{\"name\":\"%s\",\"type\":\"combined\",\"filesystem\":\"%s\",\"sha256\":\"%s\"}"
              .formatted(images.isEmpty() ? "" : ",", name, each, Sha256.of(name)));
    }
    profiles(images.toString());
  }

  private void list(String name, String sha256) throws IOException {
    profiles("{\"name\":\"%s\",\"type\":\"combined\",\"sha256\":\"%s\"}".formatted(name, sha256));
  }

  private void profiles(String images) throws IOException {
    Files.writeString(
        attempt.output().resolve("profiles.json"),
        "{\"profiles\":{\"generic\":{\"images\":[" + images + "]}}}");
  }

  private List<OutputFile> verify(Image... published) {
    ImageBuilder builder =
        new ImageBuilder(
            "ib.tar.zst",
            URI.create("http://upstream.example/ib.tar.zst"),
            Sha256.of("ib"),
            Optional.of(List.of(published)));
    Transcript nothing = new Transcript();
    return new VerifyStage().run(attempt, builder, new MakeRun(0, nothing, nothing));
  }

  private BuildFailed failure(Image... published) {
    BuildFailed failed = catchThrowableOfType(BuildFailed.class, () -> verify(published));
    assertThat(failed).isNotNull();
    assertThat(failed.failure().reason()).isEqualTo(FailureReason.UNKNOWN);
    return failed;
  }

  private Attempt attempt(Recipe recipe) {
    return new Attempt(
        "b", recipe, dir, new Progress(), new BuildLog(dir.resolve("log"), BuildLog.LIMIT));
  }
}
