package dev.wrtfarm.sample;

import static dev.wrtfarm.sample.BuiltSite.APK;
import static dev.wrtfarm.sample.BuiltSite.OPKG;
import static dev.wrtfarm.sample.RecordedCase.Tree.COLD;
import static dev.wrtfarm.sample.RecordedCase.Tree.FRESH;
import static dev.wrtfarm.sample.RecordedCase.Tree.UNCHECKED;
import static dev.wrtfarm.sample.RecordedCase.Tree.USED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.launcher.FreePort;
import dev.wrtfarm.sample.server.Faults;
import dev.wrtfarm.sample.server.RequestLog;
import dev.wrtfarm.sample.server.UpstreamServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sample says what real Image Builders said, on the same streams, with the same exit codes. */
class RecordedOutputTest {
  private static Workspace temp;
  private static UpstreamServer server;
  private static Path faults;
  private static final Map<String, ImageBuilder> FRESH_TREES = new HashMap<>();
  private static final Map<String, ImageBuilder> USED_TREES = new HashMap<>();

  @BeforeAll
  static void use_an_image_builder_of_each_kind() throws IOException, InterruptedException {
    temp = Workspace.open();
    faults = temp.resolve("faults");
    // Not one of those that outgoing connections get: while the mirror is down, nobody may take it.
    server = serve(FreePort.any());
    for (String release : List.of(OPKG, APK)) {
      ImageBuilder fresh =
          ImageBuilder.extract(release, BuiltSite.X86, temp.resolve("fresh"), server.url());
      ImageBuilder used = fresh.copyTo(temp.resolve("used"));
      used.make("prereq").outOrFail();
      used.make("manifest", "PACKAGES=htop").outOrFail();
      FRESH_TREES.put(release, fresh);
      USED_TREES.put(release, used);
    }
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    temp.close();
  }

  static Stream<RecordedCase> cases() {
    return Stream.of(OPKG, APK).flatMap(RecordedOutputTest::casesOf);
  }

  private static Stream<RecordedCase> casesOf(String release) {
    // Some failures were recorded in one call with one kind, and in the other with the other.
    boolean apk = release.equals(APK);
    String call = apk ? "manifest" : "image";
    Stream<RecordedCase> both =
        Stream.of(
            RecordedCase.of(release, "info", FRESH, 0, "info"),
            RecordedCase.of(release, "manifest", FRESH, 0, "manifest"),
            RecordedCase.of(
                release,
                "image",
                apk ? UNCHECKED : FRESH,
                0,
                "image",
                "PACKAGES=htop luci -ppp -ppp-mod-pppoe",
                "EXTRA_IMAGE_NAME=my-lab-1",
                "DISABLED_SERVICES=dnsmasq"),
            RecordedCase.of(release, "missing-package", USED, 2, call, "PACKAGES=htop nosuchpkg"),
            RecordedCase.of(release, "missing-dependency", USED, 2, call, "PACKAGES=brokendep"),
            RecordedCase.of(release, "file-clash", USED, 2, call, "PACKAGES=clash-a clash-b"),
            RecordedCase.of(release, "postinst-fails", USED, 2, "image", "PACKAGES=badpostinst"),
            RecordedCase.of(release, "package-download-404", USED, 2, "manifest", "PACKAGES=nano")
                .withFault(".*/nano[-_].*=404"),
            RecordedCase.of(release, "corrupt-package", USED, 2, "manifest", "PACKAGES=nano")
                .withFault(".*/nano[-_].*=corrupt"),
            RecordedCase.of(release, "mirror-down-cold-downloads", COLD, 2, call).withMirrorDown(),
            RecordedCase.of(
                    release, "mirror-down-new-package", USED, 2, "manifest", "PACKAGES=nano")
                .withMirrorDown(),
            RecordedCase.of(
                    release, "mirror-down-warm-downloads", USED, 0, "manifest", "PACKAGES=htop")
                .withMirrorDown());
    Stream<RecordedCase> one =
        apk
            ? Stream.of(
                RecordedCase.of(release, "bad-index-signature", COLD, 2, "manifest")
                    .withFault(".*/packages.adb=corrupt"),
                RecordedCase.of(release, "two-profiles", USED, 0, "manifest", "PROFILE=generic x"),
                RecordedCase.of(
                    release, "remove-default-package", USED, 0, "manifest", "PACKAGES=-dnsmasq"),
                RecordedCase.of(
                    release, "remove-dependency", USED, 0, "manifest", "PACKAGES=-busybox"))
            : Stream.of(
                RecordedCase.of(release, "bad-index-signature", COLD, 2, "manifest")
                    .withFault(".*/base/Packages.sig=corrupt"),
                RecordedCase.of(release, "unknown-profile", FRESH, 2, "image", "PROFILE=nosuch"),
                RecordedCase.of(release, "umask-077", FRESH, 2, "image").withUmask("077"));
    return Stream.concat(both, one);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void says_what_a_real_image_builder_said(RecordedCase recorded)
      throws IOException, InterruptedException {
    Command.Outcome outcome = play(recorded);
    assertThat(Shapes.of(outcome.err())).isEqualTo(Shapes.of(recorded.recorded("stderr")));
    assertThat(Shapes.of(outcome.out())).isEqualTo(Shapes.of(recorded.recorded("stdout")));
    assertThat(outcome.exit()).isEqualTo(recorded.exit());
  }

  private static Command.Outcome play(RecordedCase recorded)
      throws IOException, InterruptedException {
    var trees = recorded.tree() == FRESH ? FRESH_TREES : USED_TREES;
    ImageBuilder builder =
        Objects.requireNonNull(trees.get(recorded.release()))
            .copyTo(temp.resolve(recorded.manager() + "-" + recorded.name()));
    if (recorded.tree() == COLD) {
      Command.run(builder.tree(), "rm", "-rf", "dl").outOrFail();
    }
    if (recorded.tree() == UNCHECKED) {
      Files.delete(builder.tree().resolve("staging_dir/host/.prereq-build"));
    }
    if (recorded.tree() != FRESH && recorded.manager().equals("apk")) {
      // Copied files are newer than the copied index, which a tree used in place does not see.
      Command.run(builder.tree(), "touch", "packages/packages.adb").outOrFail();
    }
    Files.writeString(faults, recorded.faults() + "\n");
    String[] words = recorded.make().toArray(String[]::new);
    if (recorded.mirrorUp()) {
      return builder.makeWithUmask(recorded.umask(), words);
    }
    server.close();
    try {
      return builder.makeWithUmask(recorded.umask(), words);
    } finally {
      // The trees know the server by its address.
      server = serve(URI.create(server.url()).getPort());
    }
  }

  private static UpstreamServer serve(int port) throws IOException {
    return UpstreamServer.start(BuiltSite.ROOT, port, Faults.readFrom(faults), RequestLog.off());
  }
}
