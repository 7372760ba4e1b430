package dev.wrtfarm.worker.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wrtfarm.common.build.Failure;
import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.worker.attempt.Attempt;
import dev.wrtfarm.worker.attempt.BuildFailed;
import dev.wrtfarm.worker.testing.SampleServer;
import dev.wrtfarm.worker.testing.Workshop;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FetchStageTest {
  private static final Recipe RECIPE = Recipe.of("24.10.0-sample", "x86/64", "generic");
  private static final long PLENTY = 1L << 30;

  @TempDir static Path dir;
  private static SampleServer server;
  private Workshop workshop;

  @BeforeAll
  static void serve() throws IOException {
    server = SampleServer.start(dir);
  }

  @AfterAll
  static void end() {
    server.close();
  }

  @BeforeEach
  void open() throws IOException {
    server.breaks();
    server.forgetRequests();
    workshop = new Workshop(server.url());
  }

  @AfterEach
  void close() {
    workshop.close();
  }

  @Test
  void the_archive_is_found_checked_and_extracted() throws Exception {
    Attempt attempt = workshop.attempt(RECIPE);
    FetchStage fetch = workshop.fetch(workshop.trees(PLENTY));
    ImageBuilder builder = fetch.run(attempt);
    assertThat(builder.archive()).endsWith("Linux-x86_64.tar.zst");
    assertThat(builder.published().orElseThrow()).isNotEmpty();
    fetch.copyTree(attempt, builder);
    assertThat(attempt.tree().resolve("Makefile")).isRegularFile();
  }

  @Test
  void a_second_build_downloads_no_archive() throws Exception {
    FetchStage fetch = workshop.fetch(workshop.trees(PLENTY));
    fetch.run(workshop.attempt(RECIPE));
    server.forgetRequests();
    fetch.run(workshop.attempt(RECIPE));
    assertThat(server.requests()).isNotEmpty().noneMatch(line -> line.contains("imagebuilder"));
  }

  @Test
  void two_workers_with_one_folder_extract_once() throws Exception {
    FetchStage one = workshop.fetch(workshop.trees(PLENTY));
    FetchStage two = workshop.fetch(workshop.trees(PLENTY));
    one.run(workshop.attempt(RECIPE));
    two.run(workshop.attempt(RECIPE));
    assertThat(server.requests().stream().filter(line -> line.contains(".tar.zst"))).hasSize(1);
  }

  @Test
  void the_tree_that_was_used_longest_ago_goes_first() throws Exception {
    GoldenTrees trees = workshop.trees(1);
    FetchStage fetch = workshop.fetch(trees);
    fetch.run(workshop.attempt(RECIPE));
    Recipe other = Recipe.of("24.10.0-sample", "mediatek/filogic", "sample_router");
    ImageBuilder kept = fetch.run(workshop.attempt(other));
    server.forgetRequests();
    fetch.copyTree(workshop.attempt(other), kept);
    assertThat(server.requests()).isEmpty();
    fetch.run(workshop.attempt(RECIPE));
    assertThat(server.requests()).anyMatch(line -> line.contains("x86-64.Linux-x86_64.tar.zst"));
  }

  @ParameterizedTest
  @CsvSource({
    ".*sha256sums=404, RELEASE_UNKNOWN, sha256sums answered HTTP 404",
    ".*sha256sums=503, UPSTREAM_UNREACHABLE, answered HTTP 503",
    ".*sha256sums=corrupt, SIGNATURE_INVALID, does not bear out its signature",
    ".*sha256sums.sig=404, SIGNATURE_INVALID, is not signed",
    ".*profiles.json=404, UPSTREAM_INCOMPLETE, profiles.json",
    ".*profiles.json=corrupt, HASH_MISMATCH, profiles.json",
    ".*tar.zst=corrupt, HASH_MISMATCH, imagebuilder",
    ".*tar.zst=truncate, UPSTREAM_UNREACHABLE, imagebuilder",
    ".*tar.zst=404, UPSTREAM_INCOMPLETE, imagebuilder"
  })
  void a_broken_upstream_is_told_by_its_kind(String fault, FailureReason reason, String named)
      throws IOException {
    server.breaks(fault);
    Failure failure = failureOf(RECIPE);
    assertThat(failure.reason()).as(failure.message()).isEqualTo(reason);
    assertThat(failure.message()).contains(named);
  }

  @Test
  void an_upstream_that_begins_and_goes_no_further_is_given_up() throws IOException {
    server.breaks(".*tar.zst=hang");
    // What is not broken has to come within this, too, however busy the machine is.
    try (Workshop impatient = new Workshop(server.url(), Duration.ofSeconds(5))) {
      BuildFailed failed =
          catchThrowableOfType(
              BuildFailed.class,
              () -> impatient.fetch(impatient.trees(PLENTY)).run(impatient.attempt(RECIPE)));
      assertThat(failed.failure().reason()).isEqualTo(FailureReason.UPSTREAM_UNREACHABLE);
      assertThat(failed.failure().message()).contains("imagebuilder");
    }
  }

  @Test
  void a_broken_archive_leaves_no_tree() throws Exception {
    server.breaks(".*tar.zst=corrupt");
    failureOf(RECIPE);
    server.breaks();
    Attempt attempt = workshop.attempt(RECIPE);
    FetchStage fetch = workshop.fetch(workshop.trees(PLENTY));
    fetch.copyTree(attempt, fetch.run(attempt));
    assertThat(Files.exists(attempt.tree().resolve("Makefile"))).isTrue();
  }

  @Test
  void an_unknown_release_is_the_users_affair() throws IOException {
    Failure failure = failureOf(Recipe.of("19.07.0-sample", "x86/64", "generic"));
    assertThat(failure.reason()).isEqualTo(FailureReason.RELEASE_UNKNOWN);
    assertThat(failure.message()).contains("19.07.0-sample", "x86/64");
  }

  @Test
  void an_unknown_profile_is_answered_with_those_that_may_have_been_meant() throws IOException {
    Failure failure = failureOf(Recipe.of("24.10.0-sample", "mediatek/filogic", "sample-router"));
    assertThat(failure.reason()).isEqualTo(FailureReason.PROFILE_UNKNOWN);
    assertThat(failure.message()).contains("did you mean sample_router");
  }

  @Test
  void an_upstream_that_is_away_is_not_the_users_affair() throws IOException {
    try (Workshop far = new Workshop(URI.create("http://127.0.0.1:9"))) {
      BuildFailed failed =
          catchThrowableOfType(
              BuildFailed.class, () -> far.fetch(far.trees(PLENTY)).run(far.attempt(RECIPE)));
      assertThat(failed.failure().reason()).isEqualTo(FailureReason.UPSTREAM_UNREACHABLE);
    }
  }

  private Failure failureOf(Recipe recipe) throws IOException {
    FetchStage fetch = workshop.fetch(workshop.trees(PLENTY));
    Attempt attempt = workshop.attempt(recipe);
    BuildFailed failed = catchThrowableOfType(BuildFailed.class, () -> fetch.run(attempt));
    return Objects.requireNonNull(failed, "the stage did not fail").failure();
  }
}
