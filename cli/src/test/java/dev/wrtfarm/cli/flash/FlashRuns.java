package dev.wrtfarm.cli.flash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrtfarm.cli.CliRun;
import dev.wrtfarm.cli.output.Input;
import dev.wrtfarm.cli.output.Json;
import dev.wrtfarm.common.flash.FlashState;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs of {@code wrtfarm flash} against a stand-in, with one job for each of two slots. */
abstract class FlashRuns {
  static final FlashViews ONE = FlashViews.of("f-1", "card-1");
  static final FlashViews TWO = FlashViews.of("f-2", "card-2");

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // made before each test
  FlashStandIn farm;

  @BeforeEach
  void a_farm() throws IOException {
    farm = new FlashStandIn();
  }

  @AfterEach
  void close() {
    farm.close();
  }

  void wholeWay(FlashViews job) {
    farm.job(
        job.requested(""),
        job.planned(),
        job.in(FlashState.CONFIRMED),
        job.in(FlashState.WRITING),
        job.in(FlashState.VERIFYING),
        job.passed());
  }

  String[] flash(String... more) {
    List<String> all =
        new ArrayList<>(List.of("flash", "--api", farm.url(), "--host", "lab-1", "--image-url"));
    all.addAll(List.of("http://images.example/x.img.gz", "--sha256", "d".repeat(64)));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  CliRun run(String... arguments) {
    return CliRun.in(folder, arguments);
  }

  CliRun typed(String text, String... arguments) {
    return CliRun.with(new Input(new StringReader(text), true), folder, arguments);
  }

  CliRun given(String text, String... arguments) {
    return CliRun.with(new Input(new StringReader(text), false), folder, arguments);
  }

  static JsonNode body(String call) throws IOException {
    return Json.MAPPER.readTree(call.substring(call.indexOf('{')));
  }

  static JsonNode node(String line) {
    try {
      return Json.MAPPER.readTree(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }
}
