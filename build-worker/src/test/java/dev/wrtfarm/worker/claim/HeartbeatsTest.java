package dev.wrtfarm.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.common.worker.Claim;
import dev.wrtfarm.worker.attempt.Progress;
import dev.wrtfarm.worker.farm.Farm;
import dev.wrtfarm.worker.farm.LeasedBuild;
import dev.wrtfarm.worker.log.BuildLog;
import dev.wrtfarm.worker.testing.Eventually;
import dev.wrtfarm.worker.testing.StandInFarm;
import dev.wrtfarm.worker.testing.Workshop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatsTest {
  private static final Recipe RECIPE = Recipe.of("24.10.0", "x86/64", "generic");
  private static final Claim CLAIM = new Claim("build-1", 1, RECIPE, RECIPE.digest().hex(), 1, 45);

  @TempDir Path dir;

  @Test
  void after_a_piece_of_the_log_that_is_refused_no_other_follows() throws Exception {
    BuildLog log = new BuildLog(dir.resolve("build.log"), BuildLog.LIMIT);
    try (StandInFarm farm = new StandInFarm()) {
      farm.breaks("log", 413);
      LeasedBuild build =
          new Farm(List.of(farm.url()), StandInFarm.tokenFile(dir), Workshop.IMPATIENT)
              .leased(CLAIM, "0".repeat(32));
      try (Heartbeats _ =
          Heartbeats.start(build, new Progress(), log, Duration.ofMillis(100), _ -> {})) {
        log.line("one");
        Eventually.holds(
            "a piece is sent", Duration.ofSeconds(30), () -> !farm.calls("log").isEmpty());
        farm.mends("log");
        log.line("two");
        int beats = farm.calls("heartbeat").size();
        Eventually.holds(
            "heartbeats go on",
            Duration.ofSeconds(30),
            () -> farm.calls("heartbeat").size() > beats);
      }
      assertThat(farm.calls("log")).hasSize(1);
    }
    log.finish();
  }
}
