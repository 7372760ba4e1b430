package dev.wrtfarm.launcher;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLockTest {
  @TempDir Path folder;

  @Test
  void a_second_owner_is_refused_and_told_the_first_ones_pid() {
    try (DataLock held = DataLock.take(folder)) {
      assertThatThrownBy(() -> DataLock.take(folder))
          .isInstanceOf(DataInUse.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
    DataLock.take(folder).close();
  }
}
