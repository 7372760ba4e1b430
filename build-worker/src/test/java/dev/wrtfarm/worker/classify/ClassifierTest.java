package dev.wrtfarm.worker.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrtfarm.common.build.Failure;
import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.worker.attempt.BuildFailed;
import dev.wrtfarm.worker.feed.Delivery;
import dev.wrtfarm.worker.log.Transcript;
import dev.wrtfarm.worker.sandbox.MakeRun;
import dev.wrtfarm.worker.testing.Recording;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifierTest {
  private static final Circumstances CALM = new Circumstances(List.of(), false);
  private static final int MAKE_FAILED = 2;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          opkg-24.10/unknown-profile              | PROFILE_UNKNOWN       | nosuch
          opkg-24.10/missing-package              | PACKAGE_MISSING       | nosuchpkg
          apk-25.12/missing-package               | PACKAGE_MISSING       | nosuchpkg
          opkg-24.10/missing-dependency           | DEPENDENCY_MISSING    | brokendep needs libdoesnotexist
          apk-25.12/missing-dependency            | DEPENDENCY_MISSING    | brokendep-1.0-r1 needs libdoesnotexist
          opkg-24.10/file-clash                   | FILE_CLASH            | clash-a and clash-b both bring clash
          apk-25.12/file-clash                    | FILE_CLASH            | clash-a-1.0-r1 and clash-b-1.0-r1 both bring usr/bin/clash
          opkg-24.10/postinst-fails               | PACKAGE_SCRIPT_FAILED | postinst script of package badpostinst ended with status 3
          apk-25.12/postinst-fails                | PACKAGE_SCRIPT_FAILED | postinst script of package badpostinst-1.0-r1 ended with status 3
          opkg-24.10/mirror-down-cold-downloads   | FEED_UNREACHABLE      | http://127.0.0.1:8088/releases/24.10.0/targets/x86/64/packages/Packages.gz
          apk-25.12/mirror-down-cold-downloads    | FEED_UNREACHABLE      | http://127.0.0.1:8088/releases/25.12.5/targets/x86/64/packages/packages.adb
          opkg-24.10/mirror-down-new-package      | FEED_UNREACHABLE      | Packages.gz
          apk-25.12/mirror-down-new-package       | FEED_UNREACHABLE      | nano-8.2-r1
          opkg-24.10/package-download-404         | UPSTREAM_INCOMPLETE   | nano_8.2-r1_x86_64.ipk
          apk-25.12/package-download-404          | UPSTREAM_INCOMPLETE   | nano-8.2-r1
          opkg-24.10/corrupt-package              | PACKAGE_CORRUPT       | nano
          apk-25.12/corrupt-package               | PACKAGE_CORRUPT       | nano-8.2-r1
          opkg-24.10/bad-index-signature          | SIGNATURE_INVALID     | http://127.0.0.1:8088/releases/24.10.0/packages/x86_64/base/Packages
          apk-25.12/bad-index-signature           | SIGNATURE_INVALID     | http://127.0.0.1:8088/releases/25.12.5/targets/x86/64/packages/packages.adb
          opkg-24.10/huge-package                 | ROOTFS_FULL           | 16707 blocks
          opkg-24.10/disk-full-output             | DISK_FULL             | disk
          opkg-24.10/prerequisite-missing         | HOST_TOOL_MISSING     | Please install 'unzip'
          opkg-24.10/umask-077                    | HOST_TOOL_MISSING     | umask 022
          opkg-24.10/path-with-space              | UNKNOWN               | status 2
          opkg-24.10/two-builds-one-tree-first    | PACKAGE_CORRUPT       | nftables
          opkg-24.10/two-builds-one-tree-second   | UNKNOWN               | status 2
          apk-25.12/sandboxed                     | SANDBOX_FAILED        | fakeroot
          apk-25.12/version-pin-leaks             | PACKAGE_CONFLICT      | libgcc1-13.3.0-r4
          """)
  void a_recorded_failure_has_its_reason(String recording, FailureReason reason, String named)
      throws IOException {
    Failure failure = Classifier.classify(MAKE_FAILED, Recording.both(recording), CALM);
    assertThat(failure.reason()).as(failure.toString()).isEqualTo(reason);
    assertThat(failure.message()).contains(named);
    assertThat(failure.excerpt()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "opkg-24.10/image",
        "opkg-24.10/manifest",
        "opkg-24.10/sandboxed",
        "opkg-24.10/remove-default-package",
        "opkg-24.10/remove-dependency",
        "opkg-24.10/two-profiles",
        "opkg-24.10/files-directory-missing",
        "opkg-24.10/huge-package-rootfs-500",
        "apk-25.12/image",
        "apk-25.12/manifest"
      })
  void the_noise_of_a_good_run_is_no_failure(String recording) throws IOException {
    MakeRun run = run(0, Recording.both(recording));
    assertThatCode(() -> Classifier.check(run, CALM)).doesNotThrowAnyException();
    assertThat(Classifier.tooBig(run.all())).isEmpty();
  }

  @Test
  void an_image_that_is_too_big_is_found_although_make_ends_well() throws IOException {
    Transcript text = Recording.both("opkg-24.10/image-too-big-exit-0");
    assertThat(Classifier.tooBig(text))
        .hasValueSatisfying(failure -> {
          assertThat(failure.reason()).isEqualTo(FailureReason.IMAGE_TOO_BIG);
          assertThat(failure.message())
              .isEqualTo(
                  "openwrt-25.12.5-x86-64-tinyflash-squashfs-combined-efi.img.gz has 14.2 MiB,"
                      + " but the device takes 4.0 MiB");
        });
  }

  @Test
  void a_feed_that_is_away_fails_a_run_that_ended_well_from_stale_lists() throws IOException {
    URI index = URI.create("http://feeds.example/base/Packages.gz");
    Circumstances away =
        new Circumstances(
            List.of(new Delivery.Failed(index, "Packages.gz", 0, index + ": refused")), false);
    MakeRun run = run(0, Recording.both("apk-25.12/mirror-down-warm-downloads"));
    assertThatThrownBy(() -> Classifier.check(run, away))
        .isInstanceOfSatisfying(
            BuildFailed.class,
            e -> assertThat(e.failure().reason()).isEqualTo(FailureReason.FEED_UNREACHABLE));
  }

  @Test
  void a_feed_that_is_away_comes_before_the_packages_that_seem_missing() throws IOException {
    URI index = URI.create("http://feeds.example/base/Packages.gz");
    Circumstances away =
        new Circumstances(
            List.of(new Delivery.Failed(index, "Packages.gz", 503, index + " answered HTTP 503")),
            false);
    Failure failure =
        Classifier.classify(MAKE_FAILED, Recording.both("opkg-24.10/missing-package"), away);
    assertThat(failure.reason()).isEqualTo(FailureReason.FEED_UNREACHABLE);
    assertThat(failure.message()).contains("http://feeds.example/base/Packages.gz", "503");
  }

  @Test
  void a_full_disk_that_makes_profiles_vanish_is_the_farms_fault() throws IOException {
    Failure failure =
        Classifier.classify(
            MAKE_FAILED,
            Recording.both("opkg-24.10/disk-full-tree"),
            new Circumstances(List.of(), true));
    assertThat(failure.reason()).isEqualTo(FailureReason.DISK_FULL);
  }

  @Test
  void all_missing_packages_are_named() {
    Transcript text = new Transcript();
    text.add(" * opkg_install_cmd: Cannot install package one.");
    text.add(" * opkg_install_cmd: Cannot install package two.");
    assertThat(Classifier.classify(MAKE_FAILED, text, CALM).message()).contains("one, two");
  }

  @Test
  void conflicts_name_both_packages() {
    Transcript opkg = new Transcript();
    opkg.add(" * check_conflicts_for: The following packages conflict with conflict-a:");
    opkg.add(" * check_conflicts_for: \tconflict-b *");
    Transcript apk = new Transcript();
    apk.add("ERROR: unable to select packages:");
    apk.add("  conflict-a-1.0-r1:");
    apk.add("    conflicts: conflict-b-1.0-r1[conflict-a]");
    assertThat(Classifier.classify(MAKE_FAILED, opkg, CALM).reason())
        .isEqualTo(FailureReason.PACKAGE_CONFLICT);
    Failure failure = Classifier.classify(MAKE_FAILED, apk, CALM);
    assertThat(failure.reason()).isEqualTo(FailureReason.PACKAGE_CONFLICT);
    assertThat(failure.message()).contains("conflict-a-1.0-r1", "conflict-b-1.0-r1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://", "ERROR: ", "ERROR: a: failed to extract ", " x:\n conflicts: "})
  void a_hostile_text_does_not_hold_the_worker(String seed) {
    Transcript text = new Transcript();
    String lines = seed.repeat(8_000 / seed.length());
    for (int i = 0; i < 400; i++) {
      lines.lines().forEach(text::add);
    }
    // The thread's own time: a machine that does other things too says nothing about the rules.
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begun = threads.getCurrentThreadCpuTime();
    assertThat(Classifier.classify(MAKE_FAILED, text, CALM).reason())
        .isEqualTo(FailureReason.UNKNOWN);
    assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - begun))
        .isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void an_unknown_text_is_the_farms_fault_and_shows_the_end_of_the_log() {
    Transcript text = new Transcript();
    text.add("something that nobody has seen before");
    Failure failure = Classifier.classify(MAKE_FAILED, text, CALM);
    assertThat(failure.reason()).isEqualTo(FailureReason.UNKNOWN);
    assertThat(failure.excerpt()).contains("nobody has seen before");
  }

  private static MakeRun run(int exit, Transcript all) {
    return new MakeRun(exit, all, all);
  }
}
