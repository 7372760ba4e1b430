package dev.wrtfarm.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryTest {
  @Test
  void reads_what_the_kernel_counted() {
    String rollup =
        """
        55e0-7ffd ---p 00000000 00:00 0                          [rollup]
        Rss:                2048 kB
        Pss:                1024 kB
        Pss_Dirty:           512 kB
        """;

    assertThat(Memory.parse(rollup)).isEqualTo(new Memory(1024 * 1024, 2048 * 1024));
  }

  @Test
  void our_own_memory_can_be_read() {
    Memory own = Memory.of(ProcessHandle.current().pid());

    assertThat(own.pss()).isPositive();
    assertThat(own.rss()).isGreaterThanOrEqualTo(own.pss());
  }
}
