package dev.wrtfarm.api.figure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.rest.FarmView;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MetricsTest extends FarmTest {

  @Test
  void the_farm_counts_what_it_does_and_names_no_build() {
    String build = farm.queue(Farm.anyRecipe()).build().id();
    worker.fail(worker.claim(), FailureReason.PACKAGE_MISSING);
    worker.claim(dev.wrtfarm.api.TestWorker.nonce());
    Farm.eventually(
        "the counters", () -> farm.get("/q/metrics").body().contains("reason=\"package_missing\""));
    String metrics = farm.get("/q/metrics").body();
    assertThat(metrics)
        .contains(
            "wrtfarm_queue_depth ",
            "wrtfarm_queue_oldest_age_seconds ",
            "wrtfarm_offers_waiting ",
            "wrtfarm_claims_total{outcome=\"build\"}",
            "wrtfarm_claims_total{outcome=\"nothing\"}",
            "wrtfarm_requests_total{outcome=\"queued\"}",
            "wrtfarm_builds_ended_total{outcome=\"failed\",reason=\"package_missing\"}",
            "wrtfarm_attempts_total{result=\"failed\"}",
            "wrtfarm_stage_duration_seconds_bucket{stage=\"assemble\",le=\"5.0\"}")
        .doesNotContain(build);
  }

  @Test
  void the_status_shows_the_queue_and_who_works_on_it() {
    farm.queue(Farm.anyRecipe());
    farm.queue(Farm.anyRecipe());
    worker.claim();
    FarmView status = farm.get("/api/v2/status").as(200, FarmView.class);
    assertThat(status.queued()).isEqualTo(1);
    assertThat(status.running()).isEqualTo(1);
    assertThat(status.workers())
        .singleElement()
        .matches(each -> each.id().equals("worker-1") && each.builds() == 1);
  }
}
