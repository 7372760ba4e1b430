package dev.wrtfarm.worker.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrtfarm.common.build.Failure;
import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.build.Stage;
import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.common.worker.Claim;
import dev.wrtfarm.worker.testing.Eventually;
import dev.wrtfarm.worker.testing.Meanwhile;
import dev.wrtfarm.worker.testing.StandInFarm;
import dev.wrtfarm.worker.testing.StandInFarm.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls that must be answered, and everything that may come between. */
class LeasedBuildTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /**
   * No machine is so slow that an answer takes so long. Where none comes all of it is waited for.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Recipe RECIPE = Recipe.of("24.10.0", "x86/64", "generic");
  private static final Claim CLAIM = new Claim("build-1", 1, RECIPE, RECIPE.digest().hex(), 1, 45);

  @TempDir Path dir;
  private final AtomicInteger repeated = new AtomicInteger();
  private StandInFarm farm;

  @BeforeEach
  void open() throws IOException {
    farm = new StandInFarm();
  }

  @AfterEach
  void close() {
    farm.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 404, 401, 403, 429, 408, 302, 204})
  void an_end_is_repeated_whatever_is_answered_instead_of_an_answer(int status) throws Exception {
    farm.breaks("complete", status);
    Meanwhile end = completing(farm.url());
    awaitCalls("complete", 3);
    assertThat(end.goesOn()).isTrue();
    farm.mends("complete");
    end.ends(LIMIT);
    assertThat(farm.calls("complete").stream().map(StandInFarm.Call::body).distinct())
        .as("the same end again")
        .hasSize(1);
    assertThat(repeated.get()).isGreaterThanOrEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void an_end_is_repeated_when_the_answer_does_not_come(Fault fault) throws Exception {
    farm.breaks("complete", fault);
    // Whether a call that is answered late is made again is no matter here.
    Meanwhile end =
        Meanwhile.does(
            () -> build(Duration.ofMillis(700), farm.url()).complete(List.of(), Map.of()));
    awaitCalls("complete", 3);
    assertThat(end.goesOn()).isTrue();
    farm.mends("complete");
    end.ends(LIMIT);
  }

  @Test
  void a_failure_is_repeated_too() throws Exception {
    farm.breaks("fail", 503);
    Failure failure = new Failure(FailureReason.UNKNOWN, "it broke", "");
    Meanwhile end =
        Meanwhile.does(() -> build(farm.url()).fail(Stage.FETCH, failure, null, Map.of()));
    awaitCalls("fail", 3);
    farm.mends("fail");
    end.ends(LIMIT);
  }

  @Test
  void a_token_may_change_while_a_call_is_repeated() throws Exception {
    farm.takesToken("the-next-token");
    Meanwhile end = completing(farm.url());
    awaitCalls("complete", 1);
    Path token = dir.resolve("worker.token");
    Files.delete(token);
    Eventually.holds("a missing token is met", LIMIT, () -> repeated.get() >= 3);
    Files.writeString(token, "");
    int before = repeated.get();
    Eventually.holds("an empty token is met", LIMIT, () -> repeated.get() >= before + 2);
    Files.writeString(token, "the-next-token\n");
    end.ends(LIMIT);
  }

  @Test
  void a_lost_lease_is_not_argued_about() throws Exception {
    farm.breaks("complete", 409);
    LeasedBuild build = build(farm.url());
    assertThatThrownBy(() -> build.complete(List.of(), Map.of())).isInstanceOf(LeaseLost.class);
    assertThat(farm.calls("complete")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 415, 422})
  void a_call_that_the_farm_does_not_understand_is_not_repeated(int status) throws Exception {
    farm.breaks("complete", status);
    LeasedBuild build = build(farm.url());
    assertThatThrownBy(() -> build.complete(List.of(), Map.of())).isInstanceOf(FarmRefused.class);
    assertThat(farm.calls("complete")).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void a_replica_that_does_not_answer_is_passed_over_and_the_good_one_kept(Fault fault)
      throws Exception {
    try (StandInFarm bad = new StandInFarm()) {
      bad.breaks("heartbeat", fault);
      LeasedBuild build = build(URI.create("http://127.0.0.1:9"), bad.url(), farm.url());
      build.heartbeat(Stage.FETCH, 1, "");
      build.heartbeat(Stage.FETCH, 2, "");
      assertThat(farm.calls("heartbeat")).hasSize(2);
      assertThat(bad.calls("heartbeat")).hasSize(1);
      farm.breaks("heartbeat", 503);
      bad.mends("heartbeat");
      build.heartbeat(Stage.FETCH, 3, "");
      assertThat(bad.heard(call -> call.body().path("percent").asInt() == 3)).isTrue();
    }
  }

  private Meanwhile completing(URI... urls) {
    return Meanwhile.does(() -> build(urls).complete(List.of(), Map.of()));
  }

  private LeasedBuild build(URI... urls) throws IOException {
    return build(PATIENCE, urls);
  }

  private LeasedBuild build(Duration patience, URI... urls) throws IOException {
    Persistence persistence =
        new Persistence(
            new Backoff(Duration.ofMillis(10), Duration.ofMillis(50)),
            patience,
            patience,
            _ -> repeated.incrementAndGet());
    return new Farm(List.of(urls), StandInFarm.tokenFile(dir), persistence)
        .leased(CLAIM, "0".repeat(32));
  }

  private void awaitCalls(String name, int count) throws Exception {
    Eventually.holds(name + " is called", LIMIT, () -> farm.calls(name).size() >= count);
  }
}
