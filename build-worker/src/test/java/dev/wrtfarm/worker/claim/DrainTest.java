package dev.wrtfarm.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.worker.testing.Eventually;
import dev.wrtfarm.worker.testing.Meanwhile;
import dev.wrtfarm.worker.testing.StandInFarm.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A worker that goes down while a real build is at some point of its way. */
class DrainTest extends RealBuildTest {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Duration LONG = Duration.ofMinutes(10);

  @Test
  void a_build_that_ends_within_the_patience_is_finished_and_nothing_more_is_claimed()
      throws Exception {
    buildComesTo("resolved");
    farm.offers("build-2", recipe());
    Meanwhile drained = draining(LONG, Duration.ZERO);
    int claims = farm.calls("claim").size();
    int beats = farm.calls("heartbeat").size();
    Eventually.holds("heartbeats go on", LIMIT, () -> farm.calls("heartbeat").size() >= beats + 3);
    assertThat(drained.goesOn()).isTrue();
    farm.mends("resolved");
    drained.ends(LIMIT);
    assertThat(worker.outcome()).isEqualTo("succeeded");
    assertThat(farm.calls("claim")).hasSizeLessThanOrEqualTo(claims + 1);
    assertThat(farm.calls("complete")).hasSize(1);
    assertThat(farm.calls("release")).isEmpty();
  }

  @Test
  void what_has_not_ended_when_the_patience_is_over_goes_back() throws Exception {
    buildComesTo("resolved");
    draining(Duration.ofMillis(500), LIMIT).ends(LIMIT);
    assertHandedBack("build-1");
  }

  @Test
  void a_second_wish_to_stop_ends_the_patience() throws Exception {
    buildComesTo("resolved");
    Meanwhile drained = draining(LONG, LIMIT);
    worker.stop(LONG, LIMIT);
    drained.ends(LIMIT);
    assertHandedBack("build-1");
  }

  @Test
  void an_end_in_delivery_is_delivered_when_the_api_answers_in_time() throws Exception {
    buildComesTo("complete");
    Meanwhile drained = draining(Duration.ZERO, LIMIT);
    int calls = farm.calls("complete").size();
    Eventually.holds(
        "the end is reported again", LIMIT, () -> farm.calls("complete").size() > calls);
    farm.mends("complete");
    drained.ends(LIMIT);
    assertThat(worker.outcome()).isEqualTo("succeeded");
    assertThat(farm.calls("release")).isEmpty();
  }

  @Test
  void a_failure_in_delivery_is_delivered_too() throws Exception {
    farm.breaks("fail", 503);
    farm.offers("build-1", Recipe.of("19.07.1", "x86/64", "generic"));
    Eventually.holds("the failure is reported", LIMIT, () -> !farm.calls("fail").isEmpty());
    Meanwhile drained = draining(Duration.ZERO, LIMIT);
    farm.mends("fail");
    drained.ends(LIMIT);
    assertThat(worker.outcome()).isEqualTo("failed_user");
    assertThat(farm.calls("release")).isEmpty();
  }

  @Test
  void an_end_that_cannot_be_delivered_in_time_goes_back() throws Exception {
    buildComesTo("complete");
    draining(Duration.ZERO, Duration.ofMillis(300)).ends(LIMIT);
    assertHandedBack("build-1");
  }

  @Test
  void a_build_whose_claim_is_answered_too_late_goes_back_untouched() throws Exception {
    farm.breaks("claim", Fault.HOLD);
    int before = farm.calls("claim").size();
    Eventually.holds("a claim is held", LIMIT, () -> farm.calls("claim").size() > before);
    farm.offers("build-1", recipe());
    Meanwhile drained = Meanwhile.does(() -> worker.stop(LONG, Duration.ZERO));
    Eventually.holds("the worker drains", LIMIT, worker::draining);
    farm.mends("claim");
    drained.ends(LIMIT);
    if (farm.heard(call -> call.name().equals("release"))) {
      assertThat(released()).isEqualTo("build-1");
    }
    assertThat(farm.calls("resolved")).isEmpty();
    assertThat(farm.calls("heartbeat")).isEmpty();
  }

  @Test
  void a_lease_that_is_lost_while_files_are_sent_ends_everything() throws Exception {
    farm.breaks("store", Fault.HOLD);
    farm.offers("build-1", recipe());
    Eventually.holds("files are sent", LIMIT, () -> farm.puts() > 0);
    farm.breaks("heartbeat", 409);
    assertThat(worker.outcome()).isEqualTo("stopped");
    farm.mends("store");
    worker.stop();
    assertThat(farm.calls("complete")).isEmpty();
    assertThat(farm.calls("fail")).isEmpty();
    assertThat(farm.calls("release")).isEmpty();
    Eventually.holds("nothing is left behind", LIMIT, workshop::isTidy);
  }

  private void buildComesTo(String call) throws Exception {
    farm.breaks(call, 503);
    farm.offers("build-1", recipe());
    Eventually.holds("the build comes to " + call, LIMIT, () -> farm.calls(call).size() >= 2);
  }

  private Meanwhile draining(Duration patience, Duration delivery) throws Exception {
    Meanwhile drained = Meanwhile.does(() -> worker.stop(patience, delivery));
    Eventually.holds("the worker drains", LIMIT, worker::draining);
    return drained;
  }

  private void assertHandedBack(String build) throws InterruptedException {
    assertThat(worker.outcome()).isEqualTo("stopped");
    assertThat(released()).isEqualTo(build);
    assertThat(farm.calls("fail")).isEmpty();
  }

  private String released() {
    return farm.calls("release").getFirst().body().path("lease").path("build").asText();
  }

  private static Recipe recipe() {
    return new Recipe(
        "24.10.0-sample",
        "mediatek/filogic",
        "sample_router",
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of());
  }
}
