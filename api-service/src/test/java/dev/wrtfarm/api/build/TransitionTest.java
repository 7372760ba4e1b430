package dev.wrtfarm.api.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.build.BuildState;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransitionTest {

  @ParameterizedTest
  @EnumSource(Transition.class)
  void what_has_ended_never_changes(Transition transition) {
    for (BuildState state : BuildState.values()) {
      if (!state.isUnfinished()) {
        assertThat(transition.isAllowedFrom(state)).as("%s from %s", transition, state).isFalse();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Transition.class)
  void every_change_but_reaping_and_taking_back_raises_the_fence(Transition transition) {
    boolean quiet = transition == Transition.REAP || transition == Transition.TAKE_BACK;
    assertThat(transition.raisesFence()).isEqualTo(!quiet);
  }

  @Test
  void every_end_can_be_reached() {
    assertThat(Arrays.stream(BuildState.values()).filter(state -> !state.isUnfinished()))
        .allMatch(end -> Arrays.stream(Transition.values()).anyMatch(each -> each.to() == end));
  }
}
