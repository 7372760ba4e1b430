package dev.wrtfarm.api.retention;

import dev.wrtfarm.common.build.BuildState;
import java.util.List;

/** Records that are kept equally long. */
enum RecordKind {
  SUCCESSFUL(BuildState.SUCCEEDED, BuildState.REUSED),
  FAILED(BuildState.FAILED),
  CANCELLED(BuildState.CANCELLED);

  private final List<String> states;

  RecordKind(BuildState... states) {
    this.states = List.of(states).stream().map(BuildState::name).toList();
  }

  List<String> states() {
    return states;
  }
}
