package dev.wrtfarm.api.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.common.build.BuildState;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each change from each state, on the database, against the table in the documents. */
@QuarkusTest
@SuppressWarnings("NullAway.Init")
class StateTableTest extends FarmTest {
  @Inject Builds builds;
  @Inject BuildStates states;

  static Stream<Arguments> everything() {
    return Stream.of(Transition.values())
        .flatMap(each -> Stream.of(BuildState.values()).map(state -> Arguments.of(each, state)));
  }

  private static StateTable.Change documented(Transition transition) {
    return StateTable.documented().stream()
        .filter(each -> each.transition() == transition)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void the_documents_list_all_changes_and_who_makes_them() {
    List<StateTable.Change> documented = StateTable.documented();
    assertThat(documented)
        .extracting(StateTable.Change::transition)
        .containsExactlyInAnyOrder(Transition.values());
    assertThat(documented).allMatch(each -> each.actor() == each.transition().actor());
  }

  @ParameterizedTest(name = "{0} from {1}")
  @MethodSource("everything")
  void a_change_happens_exactly_where_the_table_has_it(Transition transition, BuildState from) {
    StateTable.Change row = documented(transition);
    String id = buildIn(from);
    String before = contents(id);
    if (row.from().contains(from)) {
      change(transition, id);
      assertThat(value("select state from build")).isEqualTo(row.to().name());
      assertThat(value("select fence from build")).isEqualTo(row.fence() ? "8" : "7");
      assertThat(value("select ended_at is null from build"))
          .isEqualTo(String.valueOf(row.to().isUnfinished()));
      boolean keepsSecret = !row.fence() || transition == Transition.CLAIM;
      assertThat(value("select secret_sha256 is not null from build"))
          .as("without a secret nobody's call counts")
          .isEqualTo(String.valueOf(keepsSecret));
    } else {
      assertThatThrownBy(() -> change(transition, id)).hasMessageContaining("impossible");
      assertThat(contents(id)).isEqualTo(before);
    }
  }

  @ParameterizedTest(name = "{0} from {1}")
  @MethodSource("everything")
  void a_change_from_what_is_not_so_any_more_is_refused(Transition transition, BuildState from) {
    String id = buildIn(from);
    Build seen = QuarkusTransaction.requiringNew().call(() -> builds.findById(id));
    sql("update build set fence = fence + 1");
    String before = contents(id);
    assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> change(transition, seen)))
        .hasMessageContaining("impossible");
    assertThat(contents(id)).isEqualTo(before);
  }

  private void change(Transition transition, String id) {
    QuarkusTransaction.requiringNew().run(() -> change(transition, builds.lock(id).orElseThrow()));
  }

  /** With what the schema asks of each state. */
  private void change(Transition transition, Build build) {
    String set =
        switch (transition) {
          case REUSE -> ", reused_from = id";
          case FAIL, GIVE_UP -> ", failure_reason = 'UNKNOWN'";
          default -> "";
        };
    states.change(transition, build, set, Map.of());
  }

  private String contents(String id) {
    return value("select to_jsonb(b) from build b where id = '%s'".formatted(id));
  }

  /** A build that came into this state, its fence at 7. */
  private String buildIn(BuildState state) {
    String id = farm.queue(Farm.anyRecipe()).build().id();
    awaitOffersSent();
    sql(
        """
        update build set state = '%1$s', fence = 7, attempt = 1, secret_sha256 = 'hash',
          worker = 'worker-1', lease_until = now() + interval '1 hour',
          ended_at = case when '%1$s' in ('QUEUED', 'RUNNING') then null else now() end,
          reused_from = case when '%1$s' = 'REUSED' then id end,
          failure_reason = case when '%1$s' = 'FAILED' then 'UNKNOWN' end
        where id = '%2$s'
        """
            .formatted(state, id));
    return id;
  }
}
