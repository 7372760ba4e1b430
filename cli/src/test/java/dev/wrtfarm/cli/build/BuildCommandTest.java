package dev.wrtfarm.cli.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrtfarm.cli.CliRun;
import dev.wrtfarm.cli.output.Json;
import dev.wrtfarm.common.build.Failure;
import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.build.Stage;
import dev.wrtfarm.common.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BuildCommandTest {
  @TempDir private Path folder;
  private FarmStandIn farm;

  @BeforeEach
  void a_farm() throws IOException {
    farm = new FarmStandIn();
  }

  @AfterEach
  void close() {
    farm.close();
  }

  @Test
  void a_build_is_followed_to_its_end_and_its_files_are_saved() throws IOException {
    farm.looks.addAll(
        List.of(
            FarmStandIn.running(Stage.FETCH, 10),
            FarmStandIn.running(Stage.ASSEMBLE, 60),
            FarmStandIn.succeeded()));

    CliRun run = build("sample", "--output", "out");

    Path saved = folder.resolve("out/generic/24.10.2/b-1");
    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("fetch", "assemble", "0123456789abcdef", saved.toString());
    assertThat(run.out()).contains("image.bin");
    assertThat(saved.resolve("image.bin")).hasBinaryContent(FarmStandIn.IMAGE);
    assertThat(Files.readString(saved.resolve("sha256sums"))).endsWith("  image.bin\n");
    assertThat(Json.MAPPER.readTree(saved.resolve("record.json").toFile()).get("id").asText())
        .isEqualTo("b-1");
    assertThat(folder.resolve("out")).isDirectoryRecursivelyContaining("glob:**/record.json");
    assertThat(folder.resolve("out")).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void a_file_that_is_not_what_the_record_says_is_not_kept() {
    farm.looks.add(FarmStandIn.succeededWith("f".repeat(64)));

    CliRun run = build("sample", "--output", "out");

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err()).contains("image.bin", "f".repeat(64));
    assertThat(folder.resolve("out/generic/24.10.2/b-1")).isEmptyDirectory();
  }

  @Test
  void a_place_where_nothing_can_be_saved_is_told_before_anything_is_built() throws IOException {
    Files.writeString(folder.resolve("file"), "");

    for (String output : List.of("file", "file/below")) {
      CliRun run = build("sample", "--output", output);

      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains(folder.resolve("file") + " is no folder", "--no-download");
    }
    assertThat(farm.bodies).isEmpty();
  }

  @Test
  void what_cannot_be_saved_after_all_says_why() {
    farm.looks.add(FarmStandIn.succeeded());

    CliRun run = build("sample", "--output", "/proc/nowhere");

    // Root may write in every folder, as far as can be told; another user hears it before.
    assertThat(run.code()).isIn(1, 2);
    assertThat(run.err()).containsAnyOf("there is no /proc/nowhere", "not yours to write");
  }

  @Test
  void a_request_that_came_too_late_to_be_taken_back_is_not_called_cancelled() {
    farm.looks.add(FarmStandIn.succeeded());

    CliRun late = CliRun.in(folder, "cancel", "r-1", "--api", farm.url());
    farm.cancelled.set(true);
    CliRun inTime = CliRun.in(folder, "cancel", "r-1", "--api", farm.url());

    assertThat(late.code()).isZero();
    assertThat(late.err()).contains("stays as it is", "b-1", "succeeded");
    assertThat(inTime.code()).isZero();
    assertThat(inTime.err()).contains("request r-1 is cancelled");
  }

  @Test
  void whoever_cancels_a_build_hears_that_it_takes_a_request() {
    farm.refuse(ProblemType.NOT_FOUND);

    CliRun run = CliRun.in(folder, "cancel", "b-1", "--api", farm.url());

    assertThat(run.code()).isEqualTo(4);
    assertThat(run.err()).contains("'b-1' is a build", "r-…");
  }

  @Test
  void a_failed_build_ends_with_3_and_says_what_to_do() {
    farm.looks.add(
        FarmStandIn.failed(
            new Failure(
                FailureReason.PACKAGE_MISSING, "there is no package htpo", "Unknown package")));

    CliRun run = build("sample");

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains(
            "there is no package htpo",
            FailureReason.PACKAGE_MISSING.remedy(),
            "Unknown package",
            "wrtfarm log b-1");
  }

  @Test
  void json_is_a_line_for_each_change_and_the_result_last() throws IOException {
    farm.looks.addAll(
        List.of(
            FarmStandIn.running(Stage.FETCH, 10),
            FarmStandIn.running(Stage.FETCH, 10),
            FarmStandIn.succeeded()));

    CliRun run = build("sample", "--json", "--no-download");

    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(3);
    JsonNode result = Json.MAPPER.readTree(lines.getLast());
    assertThat(result.get("type").asText()).isEqualTo("result");
    assertThat(result.get("build").get("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ProblemType.class)
  void a_problem_ends_with_the_code_that_the_list_gives(ProblemType type) {
    farm.refuse(type);

    CliRun run = build("sample");

    assertThat(run.code()).isEqualTo(type.exitCode());
    assertThat(run.err()).startsWith("error: it cannot be");
  }

  @Test
  void a_farm_that_is_not_there_is_unavailable() {
    String url = farm.url();
    farm.close();

    CliRun run = CliRun.in(folder, "build", "sample", "--api", url);

    assertThat(run.code()).isEqualTo(6);
    assertThat(run.err()).contains("no farm answers at " + url, "hint: ");
  }

  @Test
  void the_object_store_never_sees_the_farms_token() throws IOException {
    farm.looks.add(FarmStandIn.succeeded());
    Path token = Files.writeString(folder.resolve("token"), "secret\n");

    CliRun run =
        CliRun.in(
            folder,
            Map.of("WRTFARM_API", farm.url(), "WRTFARM_TOKEN_FILE", token.toString()),
            "build",
            "sample");

    assertThat(run.code()).isZero();
    assertThat(farm.storeTokens).isEmpty();
  }

  @Test
  void a_recipe_file_and_packages_become_the_request() throws IOException {
    farm.looks.add(FarmStandIn.succeeded());
    Files.writeString(
        folder.resolve("mine.yaml"),
        """
        title: My router
        release: 24.10.2
        target: ath79/generic
        profile: tplink_archer-c7-v5
        packages: [htop, -ppp]
        """);

    CliRun run = build("mine.yaml", "-p", "nano", "--package=-wpad", "--no-download");

    assertThat(run.code()).isZero();
    JsonNode body = Json.MAPPER.readTree(farm.bodies.element());
    assertThat(body.at("/recipe/target").asText()).isEqualTo("ath79/generic");
    assertThat(body.at("/recipe/packages/1").asText()).isEqualTo("-ppp");
    assertThat(body.get("packages").toString()).isEqualTo("[\"nano\",\"-wpad\"]");
  }

  @Test
  void a_wrong_member_of_a_recipe_file_is_named() throws IOException {
    Files.writeString(folder.resolve("mine.yaml"), "release: 24.10.2\npackage: [htop]\n");

    CliRun run = build("mine.yaml");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("'package' is no member", "packages");
  }

  @Test
  void a_missing_recipe_file_is_wrong_usage() {
    assertThat(build("no/such.yaml").code()).isEqualTo(2);
  }

  private CliRun build(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "build";
    all[1] = "--api";
    all[2] = farm.url();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return CliRun.in(folder, all);
  }
}
