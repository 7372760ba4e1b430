package dev.wrtfarm.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Image Builders need no network once they have their downloads, and no rights at all. */
class SandboxTest {
  private static final List<String> SANDBOX =
      List.of(
          ("bwrap --unshare-all --die-with-parent --ro-bind /usr /usr --ro-bind /bin /bin"
                  + " --ro-bind /lib /lib --ro-bind-try /lib64 /lib64 --ro-bind /sbin /sbin"
                  + " --ro-bind /etc /etc --proc /proc --dev /dev --tmpfs /tmp")
              .split(" "));

  private static Command.Outcome inSandbox(ImageBuilder builder, Path bin, String... make)
      throws Exception {
    List<String> words = new ArrayList<>(SANDBOX);
    words.addAll(List.of("--bind", builder.tree().toString(), "/ib"));
    words.addAll(List.of("--bind", bin.toString(), "/out", "--chdir", "/ib"));
    words.addAll(List.of(make));
    return new Command(bin, "022", Command.HOST_PATH, words).run();
  }

  @ParameterizedTest
  @ValueSource(strings = {BuiltSite.OPKG, BuiltSite.APK})
  void a_sandboxed_build_is_the_same_build_and_finds_nothing(String release) throws Exception {
    try (SampleFeeds feeds = new SampleFeeds()) {
      ImageBuilder builder = feeds.builder(release, BuiltSite.FILOGIC);
      Path bin = Files.createDirectories(feeds.folder("sandboxed"));
      assumeTrue(
          Files.isExecutable(Path.of("/usr/bin/bwrap"))
              && inSandbox(builder, bin, "true").exit() == 0,
          "bubblewrap works here");
      builder.make("manifest", "PACKAGES=nosy htop").outOrFail();
      builder.make("manifest", "PACKAGES=htop").outOrFail();
      inSandbox(builder, bin, "make", "image", "PACKAGES=htop", "BIN_DIR=/out").outOrFail();
      Path open = feeds.folder("open");
      builder.make("image", "PACKAGES=htop", "BIN_DIR=" + open).outOrFail();
      assertThat(Files.readString(bin.resolve("sha256sums")))
          .isEqualTo(Files.readString(open.resolve("sha256sums")));

      inSandbox(builder, bin, "make", "image", "PACKAGES=nosy", "BIN_DIR=/out").outOrFail();
      assertThat(Files.readAllLines(builder.root().resolve("etc/nosy-report")))
          .contains(
              "route to the network: no",
              "network interfaces beside lo: no",
              "trees of other builds: no",
              "processes of other builds: no",
              "write to /usr: no");
    }
  }
}
