package dev.wrtfarm.cli.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrtfarm.cli.CliRun;
import dev.wrtfarm.cli.output.Json;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.ForecastView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModesTest {
  @TempDir private Path folder;
  private FarmStandIn farm;

  @BeforeEach
  void a_farm() throws IOException {
    farm = new FarmStandIn();
    farm.looks.add(FarmStandIn.succeeded());
  }

  @AfterEach
  void close() {
    farm.close();
  }

  @ParameterizedTest
  @CsvSource({"--force,force", "--reuse-only,reuse-only"})
  void an_option_becomes_the_mode(String option, String mode) throws IOException {
    assertThat(build("sample", option, "--no-download").code()).isZero();
    assertThat(sent().get("mode").asText()).isEqualTo(mode);
  }

  @Test
  void without_an_option_the_file_chooses() throws IOException {
    Files.writeString(folder.resolve("wish.yaml"), "profile: sample\nmode: force\n");
    assertThat(build("wish.yaml", "--no-download").code()).isZero();
    assertThat(sent().get("mode").asText()).isEqualTo("force");
  }

  @Test
  void both_at_once_are_wrong_usage() {
    assertThat(build("sample", "--force", "--reuse-only").code()).isEqualTo(2);
    assertThat(CliRun.in(folder, "build", "--attach", "b-1", "--force").code()).isEqualTo(2);
  }

  @Test
  void what_cannot_be_reused_ends_with_4() {
    farm.refuse(ProblemType.NO_RECORD);
    CliRun run = build("sample", "--reuse-only");
    assertThat(run.code()).isEqualTo(4);
    assertThat(run.err()).contains("without --reuse-only");
  }

  @ParameterizedTest
  @CsvSource({
    "queued,   0, would be built",
    "attached, 0, would join build b-1",
    "reused,   0, would be answered at once by build b-1",
    "refused,  4, would be refused"
  })
  void a_dry_run_says_what_would_happen_and_why(String outcome, int code, String headline)
      throws IOException {
    boolean answered = outcome.equals("attached") || outcome.equals("reused");
    farm.forecast.set(forecast(outcome, answered ? FarmStandIn.succeeded() : null));
    CliRun run = build("sample", "--dry-run");
    assertThat(run.code()).isEqualTo(code);
    assertThat(run.out()).contains(headline, "for a reason");
    assertThat(sent().get("dryRun").asBoolean()).isTrue();
    JsonNode json = Json.MAPPER.readTree(build("sample", "--dry-run", "--json").out());
    assertThat(json.get("outcome").asText()).isEqualTo(outcome);
  }

  private JsonNode sent() throws IOException {
    return Json.MAPPER.readTree(farm.bodies.element());
  }

  private static ForecastView forecast(String outcome, @Nullable BuildView build) {
    return new ForecastView(
        outcome,
        "for a reason",
        "build-or-reuse",
        "sample@1",
        Recipe.of("24.10.2", "x86/64", "generic"),
        "0".repeat(64),
        build,
        3);
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
