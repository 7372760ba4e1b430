package dev.wrtfarm.api.flash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.flash.FlashState;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlashTransitionTest {

  @Test
  void the_documents_list_all_changes_as_the_code_has_them() {
    List<FlashStateTable.Change> documented = FlashStateTable.documented();
    assertThat(documented)
        .extracting(FlashStateTable.Change::transition)
        .containsExactlyInAnyOrder(FlashTransition.values());
    for (FlashStateTable.Change row : documented) {
      FlashTransition change = row.transition();
      assertThat(change.from()).as(change.name()).isEqualTo(row.from());
      assertThat(change.to()).as(change.name()).isEqualTo(row.to());
      assertThat(change.actor()).as(change.name()).isEqualTo(row.actor());
      assertThat(change.raisesFence()).as(change.name()).isEqualTo(row.fence());
    }
  }

  @ParameterizedTest
  @EnumSource(FlashTransition.class)
  void what_has_ended_never_changes(FlashTransition transition) {
    assertThat(transition.from()).noneMatch(FlashState::isEnded);
  }

  /** The whole point of the table. */
  @Test
  void nothing_leads_from_the_word_to_write_back_to_where_it_is_given() {
    assertThat(FlashTransition.values())
        .filteredOn(each -> each.to() == FlashState.WRITING)
        .containsExactly(FlashTransition.WRITE);
    assertThat(reachableFrom(FlashState.WRITING))
        .doesNotContain(FlashState.REQUESTED, FlashState.PLANNED, FlashState.CONFIRMED);
    assertThat(reachableFrom(FlashState.NEEDS_CHECK))
        .containsExactlyInAnyOrder(FlashState.NEEDS_CHECK, FlashState.PASSED, FlashState.FAILED);
  }

  @Test
  void a_job_that_was_lost_after_the_word_is_cancelled_or_expired_by_nobody() {
    assertThat(reachableFrom(FlashState.WRITING))
        .doesNotContain(FlashState.CANCELLED, FlashState.EXPIRED);
  }

  private static Set<FlashState> reachableFrom(FlashState start) {
    Set<FlashState> seen = EnumSet.noneOf(FlashState.class);
    Deque<FlashState> next = new ArrayDeque<>(List.of(start));
    while (!next.isEmpty()) {
      FlashState state = next.remove();
      Arrays.stream(FlashTransition.values())
          .filter(each -> each.from().contains(state))
          .map(FlashTransition::to)
          .filter(seen::add)
          .forEach(next::add);
    }
    return seen;
  }
}
