package dev.wrtfarm.common.build;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureTest {
  @Test
  void its_texts_cannot_steer_a_terminal() {
    Failure failure =
        new Failure(FailureReason.UNKNOWN, "a\u001b[2Jb\0c\u009bd\re", "one\n\ttwo\u0007\n");
    assertThat(failure.message()).isEqualTo("a[2Jbcde");
    assertThat(failure.excerpt()).isEqualTo("one\n\ttwo\n");
  }
}
