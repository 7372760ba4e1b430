package dev.wrtfarm.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.common.worker.Claim;
import dev.wrtfarm.worker.attempt.Attempt;
import dev.wrtfarm.worker.farm.Farm;
import dev.wrtfarm.worker.host.Folders;
import dev.wrtfarm.worker.testing.Eventually;
import dev.wrtfarm.worker.testing.StandInFarm;
import dev.wrtfarm.worker.testing.Workshop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole builds: a real download server, real Image Builders, real sandboxes. */
class StageLineTest extends RealBuildTest {
  private static final String OPKG = "24.10.0-sample";
  private static final String APK = "25.12.0-sample";

  @ParameterizedTest
  @ValueSource(strings = {OPKG, APK})
  void a_build_ends_with_its_images_in_the_store_the_same_each_time(String release)
      throws InterruptedException {
    farm.offers("build-1", recipe(release, "x86/64", "generic", "htop"));
    farm.offers("build-2", recipe(release, "x86/64", "generic", "htop"));
    assertThat(worker.outcome()).isEqualTo("succeeded");
    assertThat(worker.outcome()).isEqualTo("succeeded");
    List<StandInFarm.Call> ends = farm.calls("complete");
    assertThat(images(ends.getFirst().body())).isEqualTo(images(ends.getLast().body()));
    assertThat(farm.calls("resolved").getFirst().body().path("packages"))
        .isEqualTo(farm.calls("resolved").getLast().body().path("packages"));
    JsonNode complete = farm.calls("complete").getFirst().body();
    for (JsonNode each : complete.path("artifacts")) {
      assertThat(farm.stored(each.path("sha256").asText()))
          .as(each.toString())
          .isNotNull()
          .hasSize(each.path("size").asInt());
    }
    assertThat(complete.path("artifacts").findValuesAsText("kind"))
        .contains("IMAGE", "MANIFEST", "PROFILES", "LOG");
    assertThat(complete.path("stageMillis").size()).isEqualTo(6);
    JsonNode resolved = farm.calls("resolved").getFirst().body();
    assertThat(resolved.path("archiveUrl").asText()).startsWith(server.url().toString());
    assertThat(resolved.path("packages").findValuesAsText("name")).contains("htop", "base-files");
    assertThat(resolved.path("packages"))
        .filteredOn(each -> each.path("name").asText().equals("htop"))
        .allMatch(each -> each.path("sha256").asText().length() == 64);
    assertThat(farm.allCalls()).allMatch(StandInFarm.Call::authorized);
    assertThat(followed()).contains("Installing packages...").doesNotContain("127.0.0.1:8642");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          24.10.0-sample | generic | x86/64 | nosuchpkg             | PACKAGE_MISSING       | MANIFEST | nosuchpkg
          25.12.0-sample | generic | x86/64 | nosuchpkg             | PACKAGE_MISSING       | MANIFEST | nosuchpkg
          24.10.0-sample | generic | x86/64 | brokendep             | DEPENDENCY_MISSING    | MANIFEST | brokendep
          25.12.0-sample | generic | x86/64 | brokendep             | DEPENDENCY_MISSING    | MANIFEST | brokendep
          24.10.0-sample | generic | x86/64 | clash-a clash-b       | FILE_CLASH            | MANIFEST | clash-b
          25.12.0-sample | generic | x86/64 | clash-a clash-b       | FILE_CLASH            | MANIFEST | clash-b
          24.10.0-sample | generic | x86/64 | conflict-a conflict-b | PACKAGE_CONFLICT      | MANIFEST | conflict-
          25.12.0-sample | generic | x86/64 | conflict-a conflict-b | PACKAGE_CONFLICT      | MANIFEST | conflict-
          24.10.0-sample | generic | x86/64 | badpostinst           | PACKAGE_SCRIPT_FAILED | MANIFEST | status 3
          25.12.0-sample | generic | x86/64 | badpostinst           | PACKAGE_SCRIPT_FAILED | ASSEMBLE | status 3
          24.10.0-sample | sample_tiny | mediatek/filogic | bigpkg   | IMAGE_TOO_BIG         | VERIFY   | the device takes
          25.12.0-sample | sample_tiny | mediatek/filogic | bigpkg   | IMAGE_TOO_BIG         | VERIFY   | the device takes
          """)
  void what_a_user_can_mend_is_told_to_him(
      String release,
      String profile,
      String target,
      String packages,
      String reason,
      String stage,
      String named)
      throws InterruptedException {
    farm.offers("build-1", recipe(release, target, profile, packages.split(" ")));
    assertThat(worker.outcome()).isEqualTo("failed_user");
    assertFailure(reason, stage, named);
    String log = farm.calls("fail").getFirst().body().path("log").path("sha256").asText();
    assertThat(new String(farm.stored(log), StandardCharsets.UTF_8)).contains("FAILED in " + stage);
  }

  @ParameterizedTest
  @CsvSource({
    "24.10.0-sample, .*/packages/x86_64/luci/Packages.gz=503, FEED_UNREACHABLE, Packages.gz",
    "25.12.0-sample, .*/packages/x86_64/luci/packages.adb=503, FEED_UNREACHABLE, packages.adb",
    "24.10.0-sample, .*/htop_.*=404, UPSTREAM_INCOMPLETE, htop",
    "25.12.0-sample, .*/htop-.*=404, UPSTREAM_INCOMPLETE, htop"
  })
  void a_feed_that_does_not_deliver_is_not_the_users_affair(
      String release, String fault, String reason, String named)
      throws IOException, InterruptedException {
    server.breaks(fault);
    farm.offers("build-1", recipe(release, "x86/64", "generic", "htop"));
    assertThat(worker.outcome()).isEqualTo("failed_upstream");
    assertFailure(reason, "MANIFEST", named);
  }

  @Test
  void only_the_chosen_file_systems_are_made() throws InterruptedException {
    farm.offers(
        "build-1",
        new Recipe(
            OPKG, "x86/64", "generic", List.of(), List.of(), List.of(), null, List.of("squashfs")));
    assertThat(worker.outcome()).isEqualTo("succeeded");
    assertThat(images(farm.calls("complete").getFirst().body()).keySet())
        .isNotEmpty()
        .allMatch(name -> name.contains("squashfs"));
  }

  @Test
  void a_file_system_that_the_profile_lacks_is_refused_with_those_it_has()
      throws InterruptedException {
    farm.offers(
        "build-1",
        new Recipe(
            OPKG, "x86/64", "generic", List.of(), List.of(), List.of(), null, List.of("ubifs")));
    assertThat(worker.outcome()).isEqualTo("failed_user");
    assertFailure("FILESYSTEM_UNKNOWN", "PREPARE", "ext4, squashfs");
  }

  @Test
  void an_image_that_exists_already_is_not_made_again() throws InterruptedException {
    farm.reuses();
    farm.offers("build-1", recipe(OPKG, "x86/64", "generic"));
    assertThat(worker.outcome()).isEqualTo("reused");
    assertThat(farm.calls("complete")).isEmpty();
    assertThat(farm.calls("fail")).isEmpty();
  }

  @Test
  void objects_that_the_store_has_lost_are_sent_again() throws InterruptedException {
    farm.losesObjectsOnce();
    farm.offers("build-1", recipe(OPKG, "mediatek/filogic", "sample_router"));
    assertThat(worker.outcome()).isEqualTo("succeeded");
    assertThat(farm.calls("complete")).hasSize(2);
    String first =
        farm.calls("complete").getLast().body().path("artifacts").path(0).path("sha256").asText();
    assertThat(farm.stored(first)).isNotNull();
  }

  @Test
  void a_store_and_an_api_that_are_away_for_a_while_cost_only_that_while() throws Exception {
    farm.breaks("store", 503);
    farm.breaks("resolved", 500);
    farm.offers("build-1", recipe(OPKG, "mediatek/filogic", "sample_router"));
    Eventually.holds(
        "resolved is repeated", Duration.ofSeconds(60), () -> farm.calls("resolved").size() >= 2);
    farm.breaks("resolved", 0);
    Eventually.holds(
        "uploads are repeated", Duration.ofSeconds(60), () -> farm.calls("blobs").size() >= 2);
    farm.breaks("store", 0);
    assertThat(worker.outcome()).isEqualTo("succeeded");
  }

  @Test
  void a_lost_lease_ends_the_build_and_nothing_is_reported() throws Exception {
    farm.offers("build-1", recipe(OPKG, "x86/64", "generic", "slow"));
    Eventually.holds(
        "make manifest runs",
        Duration.ofSeconds(60),
        () -> farm.heard(call -> call.body().path("stage").asText().equals("MANIFEST")));
    farm.breaks("heartbeat", 409);
    assertThat(worker.outcome()).isEqualTo("stopped");
    assertThat(farm.calls("fail")).isEmpty();
    assertThat(farm.calls("complete")).isEmpty();
    assertThat(farm.calls("release")).isEmpty();
    Eventually.holds(
        "no sandbox is left", Duration.ofSeconds(60), () -> workshop.sandboxes().isEmpty());
  }

  @Test
  void errors_of_the_api_never_end_a_build() throws Exception {
    farm.breaks("heartbeat", 500);
    farm.breaks("log", 403);
    farm.offers("build-1", recipe(OPKG, "mediatek/filogic", "sample_router"));
    assertThat(worker.outcome()).isEqualTo("succeeded");
  }

  @Test
  void a_worker_that_is_told_to_end_gives_its_build_back() throws Exception {
    farm.offers("build-1", recipe(OPKG, "x86/64", "generic", "slow"));
    Eventually.holds(
        "make manifest runs", Duration.ofSeconds(60), () -> !workshop.sandboxes().isEmpty());
    worker.stop();
    assertThat(worker.outcome()).isEqualTo("stopped");
    assertThat(farm.calls("release").getFirst().body().path("lease").path("build").asText())
        .isEqualTo("build-1");
    assertThat(farm.calls("fail")).isEmpty();
    Eventually.holds(
        "no sandbox is left", Duration.ofSeconds(60), () -> workshop.sandboxes().isEmpty());
  }

  @Test
  void a_failure_that_the_farm_does_not_understand_is_never_given_back() throws Exception {
    farm.breaks("fail", 400);
    farm.offers("build-1", recipe("19.07.1", "x86/64", "generic"));
    assertThat(worker.outcome()).isEqualTo("failed_user");
    assertThat(farm.calls("fail")).hasSize(2);
    assertThat(farm.calls("fail").getLast().body().path("log").isNull()).isTrue();
    assertThat(farm.calls("release")).isEmpty();
  }

  @Test
  void nothing_is_left_behind() throws Exception {
    farm.offers("build-1", recipe(OPKG, "x86/64", "generic", "nosuchpkg"));
    worker.outcome();
    worker.stop();
    Eventually.holds("nothing is left behind", Duration.ofSeconds(60), workshop::isTidy);
  }

  @Test
  void a_hostile_package_finds_nothing_and_the_image_says_which_it_is() throws Exception {
    Recipe recipe = recipe(APK, "x86/64", "generic", "nosy");
    Attempt attempt = workshop.attempt(recipe);
    Claim claim = new Claim("build-1", 1, recipe, recipe.digest().hex(), 1, 45);
    Farm calls = new Farm(List.of(farm.url()), StandInFarm.tokenFile(dir), Workshop.IMPATIENT);
    assertThat(workshop.line().run(attempt, calls.leased(claim, "0".repeat(32)))).isTrue();
    Path etc = attempt.tree().resolve("build_dir");
    try (Stream<Path> all = Files.walk(etc)) {
      etc = all.filter(each -> each.endsWith("etc/nosy-report")).findFirst().orElseThrow();
    }
    assertThat(Files.readAllLines(etc))
        .hasSizeGreaterThan(5)
        .allMatch(line -> line.endsWith(": no"));
    assertThat(Files.readString(etc.resolveSibling("wrtfarm-build.json")))
        .contains("\"imageId\":\"0123456789abcdef\"", recipe.digest().hex());
    assertThat(Files.readString(etc.resolveSibling("banner")))
        .endsWith("\n wrtfarm image 0123456789abcdef\n");
    Folders.delete(attempt.dir());
  }

  private void assertFailure(String reason, String stage, String named) {
    JsonNode fail = farm.calls("fail").getFirst().body();
    assertThat(fail.path("failure").path("reason").asText()).as(fail.toString()).isEqualTo(reason);
    assertThat(fail.path("stage").asText()).as(fail.toString()).isEqualTo(stage);
    assertThat(fail.path("failure").path("message").asText()).contains(named);
  }

  private String followed() {
    StringBuilder text = new StringBuilder();
    farm.calls("log").forEach(call -> text.append(call.body().path("text").asText()));
    return text.toString();
  }

  private static Map<String, String> images(JsonNode complete) {
    Map<String, String> images = new TreeMap<>();
    for (JsonNode each : complete.path("artifacts")) {
      if (each.path("kind").asText().equals("IMAGE")) {
        images.put(each.path("name").asText(), each.path("sha256").asText());
      }
    }
    return images;
  }

  private static Recipe recipe(String release, String target, String profile, String... packages) {
    return new Recipe(
        release, target, profile, List.of(packages), List.of(), List.of(), null, List.of());
  }
}
