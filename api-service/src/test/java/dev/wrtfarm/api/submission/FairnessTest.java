package dev.wrtfarm.api.submission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.common.rest.BuildMode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@SuppressWarnings("NullAway.Init")
class FairnessTest extends FarmTest {
  @Inject Submissions submissions;

  /** Answers with the build. */
  private String submit(String tenant, String recipe) {
    Recipe wanted =
        new Recipe(
            "24.10.0", "x86/64", "generic", List.of(recipe), List.of(), List.of(), null, List.of());
    Wish wish = new Wish(wanted, null, 50, BuildMode.BUILD_OR_REUSE);
    String request = submissions.submit(new Submission(tenant, wish, null));
    return value("select build_id from request where id = '%s'".formatted(request));
  }

  private long turn(String build) {
    return Long.parseLong(value("select turn from build where id = '%s'".formatted(build)));
  }

  private List<String> firstClaims(int count) {
    awaitOffersSent();
    return Stream.generate(() -> worker.claim().build()).limit(count).toList();
  }

  @Test
  void five_hundred_builds_of_one_tenant_hold_up_anothers_single_one_by_one_build() {
    IntStream.range(0, 500).forEach(each -> submit("busy", "busy-" + each));
    String single = submit("other", "single");
    assertThat(firstClaims(2)).contains(single);
  }

  @Test
  void builds_that_one_tenant_submits_at_once_take_turns_with_anothers_too() throws Exception {
    AtomicInteger number = new AtomicInteger();
    Farm.atOnce(40, () -> submit("busy", "busy-" + number.incrementAndGet()));
    String single = submit("other", "single");
    assertThat(firstClaims(2)).contains(single);
  }

  @Test
  void whoever_joins_a_build_far_back_gives_it_his_own_better_turn() {
    IntStream.range(0, 60).forEach(each -> submit("busy", "busy-" + each));
    String far = submit("busy", "far");
    long before = turn(far);
    assertThat(submit("other", "far")).isEqualTo(far);
    // At once, and not only when something is claimed.
    assertThat(turn(far)).isLessThan(before);
    assertThat(firstClaims(2)).contains(far);
  }

  @Test
  void whoever_joins_with_a_worse_turn_holds_nobody_up() {
    String near = submit("busy", "near");
    submit("busy", "later");
    IntStream.range(0, 20).forEach(each -> submit("other", "other-" + each));
    long before = turn(near);
    assertThat(submit("other", "near")).isEqualTo(near);
    assertThat(turn(near)).isEqualTo(before);
    assertThat(firstClaims(1)).containsExactly(near);
  }

  @Test
  void joining_many_builds_takes_a_turn_for_each() {
    IntStream.range(0, 40).forEach(each -> submit("busy", "busy-" + each));
    IntStream.range(10, 30).forEach(each -> submit("other", "busy-" + each));
    String single = submit("third", "single");
    assertThat(firstClaims(3)).contains(single);
  }
}
