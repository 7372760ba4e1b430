package dev.wrtfarm.api.figure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.TestWorker;
import dev.wrtfarm.api.TestWorker.Held;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.common.rest.FarmView;
import dev.wrtfarm.common.rest.RequestView;
import dev.wrtfarm.common.rest.SubmitBuild;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@SuppressWarnings("NullAway.Init")
class MetricsTest extends FarmTest {
  @Inject MeterRegistry registry;

  @Test
  void the_farm_counts_what_it_does_and_names_no_build() {
    Map<String, Double> before = counters();
    String build = farm.queue(Farm.anyRecipe()).build().id();
    worker.fail(worker.claim(), FailureReason.PACKAGE_MISSING);
    worker.claim(TestWorker.nonce());
    assertThat(growth(before, "wrtfarm.builds.ended"))
        .isEqualTo(Map.of("failed package_missing", 1.0));
    String metrics = farm.get("/q/metrics").body();
    assertThat(metrics)
        .contains(
            "wrtfarm_queue_depth ",
            "wrtfarm_queue_oldest_age_seconds ",
            "wrtfarm_offers_waiting ",
            "wrtfarm_offers_oldest_age_seconds ",
            "wrtfarm_claims_total{outcome=\"build\"}",
            "wrtfarm_claims_total{outcome=\"empty\"}",
            "wrtfarm_requests_total{outcome=\"queued\"}",
            "wrtfarm_builds_ended_total{outcome=\"failed\",reason=\"package_missing\"}",
            "wrtfarm_attempts_total{result=\"failed\"}",
            "wrtfarm_stage_duration_seconds_bucket{stage=\"assemble\",le=\"5.0\"}")
        .doesNotContain(build);
  }

  @Test
  void the_documents_list_all_metrics_and_each_is_there_before_it_is_needed() throws IOException {
    Path page = Path.of(System.getProperty("wrtfarm.home", ".."), "docs", "api.md");
    Set<String> listed =
        names(
            Files.readAllLines(page).stream().filter(line -> line.startsWith("| `wrtfarm_")),
            "`(wrtfarm_\\w+)`");
    // A histogram's name comes with its first sample.
    farm.queue(Farm.anyRecipe());
    worker.fail(worker.claim(), FailureReason.PACKAGE_MISSING);
    Stream<String> lines = farm.get("/q/metrics").body().lines();
    assertThat(names(lines, "^(wrtfarm_\\w+?)(_bucket|_count|_sum|_max)?[{ ]")).isEqualTo(listed);
  }

  private static Set<String> names(Stream<String> lines, String pattern) {
    return lines
        .flatMap(line -> Pattern.compile(pattern).matcher(line).results())
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void each_attempt_is_counted_once_however_it_went() {
    Map<String, Double> before = counters();
    farm.queue(Farm.anyRecipe());
    Held lost = worker.claim();
    reap(lost);
    Held revived = worker.claim();
    reap(revived);
    worker.heartbeat(revived);
    worker.fail(revived, FailureReason.DISK_FULL);
    makeClaimable();
    Held released = worker.claim();
    worker.release(released);
    Held late = worker.claim();
    worker.resolved(late, "any");
    reap(late);
    worker.complete(late);
    worker.complete(lost).problem(ProblemType.LEASE_LOST);

    assertThat(growth(before, "wrtfarm.attempts"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("lost", 1.0, "failed", 1.0, "released", 1.0, "succeeded", 1.0));
    assertThat(growth(before, "wrtfarm.leases.lost")).isEqualTo(Map.of("queued", 3.0));
    assertThat(growth(before, "wrtfarm.leases.revived")).containsOnlyKeys("").containsValue(1.0);
    assertThat(growth(before, "wrtfarm.late.ends"))
        .containsExactlyInAnyOrderEntriesOf(Map.of("accepted", 1.0, "refused", 1.0));
  }

  @Test
  void a_cancel_between_two_attempts_counts_no_attempt() {
    Map<String, Double> before = counters();
    RequestView request = farm.queue(Farm.anyRecipe());
    worker.fail(worker.claim(), FailureReason.DISK_FULL);
    farm.delete("/api/v2/requests/" + request.id());
    RequestView running = farm.queue(Farm.anyRecipe());
    worker.claim();
    farm.delete("/api/v2/requests/" + running.id());
    RequestView reaped = farm.queue(Farm.anyRecipe());
    reap(worker.claim());
    farm.delete("/api/v2/requests/" + reaped.id());
    assertThat(growth(before, "wrtfarm.attempts"))
        .containsExactlyInAnyOrderEntriesOf(Map.of("failed", 1.0, "cancelled", 1.0, "lost", 1.0));
  }

  @Test
  void requests_claims_and_offers_are_counted_by_what_they_got() {
    Map<String, Double> before = counters();
    var recipe = Farm.anyRecipe();
    farm.queue(recipe);
    farm.submit(recipe, null);
    farm.submit(recipe, 101);
    farm.post(
        "/api/v2/builds", new SubmitBuild(null, Farm.anyRecipe(), null, null, "reuse-only", null));
    farm.post("/api/v2/builds", new SubmitBuild(null, Farm.anyRecipe(), null, null, "force", true));
    awaitOffersSent();
    String nonce = TestWorker.nonce();
    worker.claim(nonce);
    worker.claim(nonce);
    worker.claim(TestWorker.nonce());
    assertThat(growth(before, "wrtfarm.requests"))
        .containsExactlyInAnyOrderEntriesOf(Map.of("queued", 1.0, "attached", 1.0, "refused", 2.0));
    assertThat(growth(before, "wrtfarm.claims"))
        .containsExactlyInAnyOrderEntriesOf(Map.of("build", 1.0, "again", 1.0, "empty", 1.0));
    Farm.eventually(
        "the offer is counted", () -> growth(before, "wrtfarm.offers").containsKey("sent"));
  }

  /** The reaper counts it when others can see it already. */
  private void reap(Held held) {
    Map<String, Double> before = counters();
    loseLease(held);
    Farm.eventually("it is reaped", () -> farm.build(held.build()).state() == BuildState.QUEUED);
    Farm.eventually(
        "it is counted", () -> growth(before, "wrtfarm.leases.lost").containsKey("queued"));
    makeClaimable();
  }

  /** Every counter's value by its name and its labels' values. */
  private Map<String, Double> counters() {
    return registry.getMeters().stream()
        .filter(Counter.class::isInstance)
        .collect(
            Collectors.toMap(
                each ->
                    each.getId().getName()
                        + each.getId().getTags().stream()
                            .map(tag -> " " + tag.getValue())
                            .collect(Collectors.joining()),
                each -> ((Counter) each).count()));
  }

  /** How much the counters of this name have grown, by their one label. */
  private Map<String, Double> growth(Map<String, Double> before, String name) {
    Map<String, Double> grown = new HashMap<>();
    counters()
        .forEach((key, count) -> {
          double more = count - before.getOrDefault(key, 0.0);
          if ((key + " ").startsWith(name + " ") && more > 0) {
            grown.put(key.substring(name.length()).trim(), more);
          }
        });
    return grown;
  }

  @Test
  void the_status_shows_the_queue_and_who_works_on_it() {
    farm.queue(Farm.anyRecipe());
    farm.queue(Farm.anyRecipe());
    // Nobody else's name: that a worker was seen is written only when it is news.
    String name = "worker-" + TestWorker.nonce();
    farm.worker(name).claim();
    FarmView status = farm.get("/api/v2/status").as(200, FarmView.class);
    assertThat(status.queued()).isEqualTo(1);
    assertThat(status.running()).isEqualTo(1);
    assertThat(status.workers())
        .singleElement()
        .matches(each -> each.id().equals(name) && each.builds() == 1);
  }
}
