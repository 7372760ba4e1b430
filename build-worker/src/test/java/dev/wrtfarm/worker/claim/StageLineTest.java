package dev.wrtfarm.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.worker.farm.Backoff;
import dev.wrtfarm.worker.farm.Farm;
import dev.wrtfarm.worker.testing.SampleServer;
import dev.wrtfarm.worker.testing.StandInFarm;
import dev.wrtfarm.worker.testing.Workshop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole worker without its container: real Image Builders, real sandboxes. */
class StageLineTest {
  @TempDir Path dir;
  private SampleServer server;
  private StandInFarm farm;
  private Workshop workshop;
  private Dispatch dispatch;
  private final List<String> outcomes = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server = SampleServer.start(dir);
    farm = new StandInFarm();
    workshop = new Workshop(server.url());
    dispatch =
        Dispatch.of(
            new Farm(
                List.of(farm.url()),
                StandInFarm.tokenFile(dir),
                new Backoff(Duration.ofMillis(20), Duration.ofMillis(200))),
            new WorkerIdentity(
                "worker-1", "wrtfarm", Duration.ofMillis(200), Duration.ofMillis(100)),
            Optional.empty(),
            new Slots(1),
            workshop.line(),
            workshop.scratch(),
            (outcome, _) -> {
              synchronized (outcomes) {
                outcomes.add(outcome);
                outcomes.notifyAll();
              }
            });
  }

  @AfterEach
  void stop() throws InterruptedException {
    dispatch.stop(Duration.ofSeconds(10));
    workshop.close();
    farm.close();
    server.close();
  }

  @Test
  void a_build_ends_with_its_images_in_the_store() throws InterruptedException {
    farm.offers("build-1", Recipe.of("24.10.0-sample", "x86/64", "generic"));
    dispatch.start();
    assertThat(outcome()).isEqualTo("succeeded");
    JsonNode complete = farm.calls("complete").getFirst().body();
    for (JsonNode each : complete.path("artifacts")) {
      assertThat(farm.stored(each.path("sha256").asText()))
          .as(each.toString())
          .isNotNull()
          .hasSize(each.path("size").asInt());
    }
  }

  private String outcome() throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    synchronized (outcomes) {
      while (outcomes.isEmpty() && System.nanoTime() < deadline) {
        outcomes.wait(1_000);
      }
      return outcomes.isEmpty() ? "none" : outcomes.removeFirst();
    }
  }
}
