package dev.wrtfarm.api.lab;

import dev.wrtfarm.common.value.InvalidValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an agent says of a slot. */
public enum SlotState {
  EMPTY,
  READY,
  REFUSED,
  BUSY,
  NEEDS_CHECK;

  /** As in messages: {@code needs-check}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static SlotState of(String word) {
    return Arrays.stream(values())
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new InvalidValue(
                "slots.state",
                word,
                Arrays.stream(values())
                    .map(SlotState::word)
                    .collect(Collectors.joining(", ", "give one of ", ""))));
  }
}
