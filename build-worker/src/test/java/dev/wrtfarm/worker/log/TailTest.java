package dev.wrtfarm.worker.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TailTest {
  @Test
  void millions_of_empty_lines_are_not_kept() {
    Tail tail = new Tail(8 << 20);
    for (int i = 0; i < 250_000; i++) {
      tail.add("\n", 1);
    }
    assertThat(tail.lines()).hasSize(100_000);
    assertThat(tail.dropped()).isEqualTo(150_000);
  }
}
