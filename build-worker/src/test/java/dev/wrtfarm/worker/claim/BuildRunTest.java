package dev.wrtfarm.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.worker.host.Folders;
import dev.wrtfarm.worker.testing.RunningWorker;
import dev.wrtfarm.worker.testing.StandInFarm;
import dev.wrtfarm.worker.testing.Workshop;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that cannot write a thing: where its scratch folder was, there is a file. */
class BuildRunTest {
  private static final Recipe RECIPE = Recipe.of("24.10.0", "x86/64", "generic");

  @TempDir Path dir;
  private StandInFarm farm;
  private RunningWorker worker;

  @BeforeEach
  void start() throws IOException {
    farm = new StandInFarm();
    Workshop workshop = new Workshop(URI.create("http://127.0.0.1:9"));
    worker = new RunningWorker(farm, workshop, dir, Duration.ofMillis(100), Optional.empty());
    Path scratch = workshop.scratch();
    Folders.delete(scratch);
    Files.createFile(scratch);
  }

  @AfterEach
  void stop() throws InterruptedException {
    worker.close();
    farm.close();
  }

  @Test
  void the_farm_hears_what_is_wrong_with_a_host_that_cannot_begin() throws InterruptedException {
    farm.offers("build-1", RECIPE);
    assertThat(worker.outcome()).isEqualTo("failed_infrastructure");
    assertThat(farm.calls("fail")).hasSize(1);
    JsonNode fail = farm.calls("fail").getFirst().body();
    assertThat(fail.path("stage").asText()).isEqualTo("FETCH");
    assertThat(fail.path("failure").path("reason").asText()).isEqualTo("UNKNOWN");
    assertThat(fail.path("failure").path("message").asText()).contains("/scratch");
    assertThat(fail.path("log").isNull()).isTrue();
    assertThat(farm.calls("release")).isEmpty();
  }

  @Test
  void such_a_host_leaves_the_next_build_to_others_for_a_while() throws InterruptedException {
    long begun = System.nanoTime();
    farm.offers("build-1", RECIPE);
    farm.offers("build-2", RECIPE);
    assertThat(worker.outcome()).isEqualTo("failed_infrastructure");
    assertThat(worker.outcome()).isEqualTo("failed_infrastructure");
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void a_failure_that_the_farm_refuses_is_told_in_fewer_words_and_never_given_back()
      throws InterruptedException {
    farm.breaks("fail", 422);
    farm.offers("build-1", RECIPE);
    assertThat(worker.outcome()).isEqualTo("failed_infrastructure");
    assertThat(farm.calls("fail")).hasSize(2);
    JsonNode second = farm.calls("fail").getLast().body();
    assertThat(second.path("failure").path("reason").asText()).isEqualTo("UNKNOWN");
    assertThat(second.path("failure").path("excerpt").asText()).isEmpty();
    assertThat(second.path("stageMillis")).isEmpty();
    assertThat(farm.calls("release")).isEmpty();
  }
}
