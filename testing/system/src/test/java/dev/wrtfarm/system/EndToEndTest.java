package dev.wrtfarm.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.build.ArtifactKind;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.rest.ArtifactView;
import dev.wrtfarm.common.rest.AttemptView;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.RequestView;
import dev.wrtfarm.common.value.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job on the real jars: from a profile to an image in the object store. */
@ExtendWith(SharedFarm.class)
class EndToEndTest {
  private static final Duration BUILD = Duration.ofMinutes(6);
  private static final Duration TWENTY_BUILDS = Duration.ofMinutes(12);

  private final FarmClient client;
  private final TestFarm farm;

  EndToEndTest(TestFarm farm) {
    this.farm = farm;
    this.client = farm.client();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sample-x86-opkg", "sample-x86-apk"})
  void a_profile_becomes_an_image(String profile) {
    RequestView request = client.submit(profile, "htop");
    BuildView build = client.awaitEnd(request.build().id(), BUILD);

    assertThat(build.state()).as(build.toString()).isEqualTo(BuildState.SUCCEEDED);
    assertThat(build.profile()).isEqualTo(profile + "@1");
    assertThat(build.imageId()).matches("[0-9a-f]{16}");
    assertThat(build.archive()).startsWith("sample-imagebuilder-");
    for (ArtifactView artifact : build.artifacts()) {
      assertThat(Sha256.of(client.bytes(artifact)).hex()).isEqualTo(artifact.sha256());
    }
    assertThat(build.artifacts())
        .extracting(ArtifactView::kind)
        .contains(ArtifactKind.IMAGE, ArtifactKind.MANIFEST, ArtifactKind.LOG);
    assertThat(client.log(build.id())).contains("Building images for").contains("htop");

    byte[] disk = Images.unpacked(client.bytes(image(build, "combined")));
    assertThat(Images.partitionTypes(disk)).hasSizeGreaterThanOrEqualTo(2);
    assertThat(Images.fileInRoot(disk, "etc/wrtfarm-build.json")).contains(build.imageId());
    assertThat(Images.fileInRoot(disk, "etc/banner")).contains(build.imageId());
    assertThat(Images.namesInRoot(disk)).anyMatch(name -> name.endsWith("/htop"));
  }

  @Test
  void the_identical_request_is_answered_at_once() {
    RequestView first = client.submit("sample-router-opkg", "nano", "htop");
    client.awaitEnd(first.build().id(), BUILD);

    RequestView again = client.submit("sample-router-opkg", "htop", "nano", "htop");

    assertThat(again.outcome()).isEqualTo("reused");
    assertThat(again.build().id()).isEqualTo(first.build().id());
    assertThat(again.build().state()).isEqualTo(BuildState.SUCCEEDED);
  }

  @Test
  void forty_simultaneous_equal_requests_make_one_build() throws Exception {
    Callable<RequestView> submit = () -> client.submit("sample-router-apk", "htop", "-nano");
    List<Future<RequestView>> all;
    try (ExecutorService threads = Executors.newFixedThreadPool(40)) {
      all = threads.invokeAll(IntStream.range(0, 40).mapToObj(i -> submit).toList());
    }
    List<RequestView> requests = all.stream().map(Future::resultNow).toList();

    assertThat(requests.stream().map(RequestView::id).distinct()).hasSize(40);
    assertThat(requests.stream().map(each -> each.build().id()).distinct()).hasSize(1);
    assertThat(client.awaitEnd(requests.getFirst().build().id(), BUILD).state())
        .isEqualTo(BuildState.SUCCEEDED);
  }

  @Test
  void two_workers_share_twenty_builds() {
    List<String> ids =
        IntStream.range(0, 20)
            .mapToObj(i -> recipe("24.10.0-sample", "disabled-" + i))
            .map(body -> client.postUntilTaken(body).body())
            .map(body -> Json.text(body, "/build/id"))
            .toList();
    assertThat(ids).doesNotHaveDuplicates();

    List<BuildView> ended = ids.stream().map(id -> client.awaitEnd(id, TWENTY_BUILDS)).toList();

    assertThat(ended)
        .allSatisfy(build -> assertThat(build.state()).isEqualTo(BuildState.SUCCEEDED));
    assertThat(ended).allSatisfy(build -> assertThat(build.attempts()).hasSize(1));
    Map<String, Long> shares =
        ended.stream()
            .flatMap(build -> build.attempts().stream())
            .collect(Collectors.groupingBy(AttemptView::worker, Collectors.counting()));
    // How they share them is a matter of how fast each happens to be.
    assertThat(shares).hasSize(2);
  }

  @Test
  void the_command_line_builds_downloads_and_checks(@TempDir Path output) throws IOException {
    CommandRun run =
        farm.run("build", "sample-x86-opkg", "--package", "nano", "--output", output.toString());

    assertThat(run.exitCode()).as(run.all()).isZero();
    try (var files = Files.find(output, 4, (file, facts) -> facts.isRegularFile())) {
      Map<String, Path> byName =
          files.collect(Collectors.toMap(file -> file.getFileName().toString(), file -> file));
      assertThat(byName).containsKeys("record.json", "sha256sums", "build.log");
      assertThat(byName.keySet()).anyMatch(name -> name.endsWith("-combined.img.gz"));
      Path sums = byName.get("sha256sums");
      assertThat(output.relativize(sums).getNameCount()).isEqualTo(4);
      for (String line : Files.readAllLines(sums)) {
        Path named = sums.resolveSibling(line.substring(66));
        assertThat(Sha256.of(named).hex()).isEqualTo(line.substring(0, 64));
      }
    }
  }

  private static String recipe(String release, String service) {
    return """
    {"recipe":{"release":"%s","target":"x86/64","profile":"generic","disabledServices":["%s"]}}
    """
        .formatted(release, service);
  }

  static ArtifactView image(BuildView build, String type) {
    return build.artifacts().stream()
        .filter(each -> type.equals(each.type()) && "squashfs".equals(each.filesystem()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + type + " in " + build));
  }
}
