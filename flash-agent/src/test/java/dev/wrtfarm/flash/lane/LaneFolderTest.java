package dev.wrtfarm.flash.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrtfarm.flash.journal.ProcessLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaneFolderTest {
  @TempDir Path data;

  @Test
  void a_jobs_name_leads_nowhere_else() {
    for (String job : List.of("", ".", "..", "../images", "/etc", "a/b", "a b", "x".repeat(65))) {
      assertThatThrownBy(() -> LaneFolder.of(data, job))
          .as(job)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("job");
    }
    assertThat(LaneFolder.of(data, "local-0123456789abcdef").job())
        .isEqualTo("local-0123456789abcdef");
  }

  @Test
  void a_lane_waits_for_whoever_only_asks_whether_there_is_one() throws Exception {
    LaneFolder folder = LaneFolder.of(data, "f1");
    Files.createDirectories(folder.path());
    ProcessLock asking = ProcessLock.on(folder.path().resolve("lane.lock"));
    assertThat(asking.tryHold()).isPresent();
    CompletableFuture<Void> done =
        CompletableFuture.runAsync(
            () -> {
              try {
                asking.close();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));

    assertThat(folder.keepLock()).isTrue();
    done.get();
  }

  @Test
  void whoever_asks_for_a_lane_makes_no_file() throws Exception {
    LaneFolder folder = LaneFolder.of(data, "f1");
    assertThat(folder.isAlive()).as("without a folder").isFalse();
    Files.createDirectories(folder.path());

    assertThat(folder.isAlive()).isFalse();

    // As while the folder is being deleted: a new lock in it would keep it there.
    assertThat(ProcessLock.isHeld(folder.path().resolve("lane.lock"))).isFalse();
    assertThat(folder.path()).isEmptyDirectory();
  }
}
