package dev.wrtfarm.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CleanupTest {
  private final Cleanup cleanup = new Cleanup();
  private final List<String> closed = new ArrayList<>();

  @Test
  void closes_in_reverse_and_each_thing_once() {
    cleanup.add(() -> closed.add("folder"));
    AutoCloseable farm = cleanup.add(() -> closed.add("farm"));
    cleanup.add(() -> closed.add("command"));

    cleanup.close(farm);
    cleanup.close();
    cleanup.close();

    assertThat(closed).containsExactly("farm", "command", "folder");
  }

  @Test
  void one_that_does_not_close_keeps_no_other_open() {
    cleanup.add(() -> closed.add("folder"));
    cleanup.add(() -> {
      throw new BenchFailed("on purpose");
    });

    cleanup.close();

    assertThat(closed).containsExactly("folder");
  }

  @Test
  void what_begins_after_the_end_is_closed_at_once() {
    cleanup.close();

    assertThatThrownBy(() -> cleanup.add(() -> closed.add("late"))).isInstanceOf(BenchFailed.class);
    assertThat(closed).containsExactly("late");
  }
}
