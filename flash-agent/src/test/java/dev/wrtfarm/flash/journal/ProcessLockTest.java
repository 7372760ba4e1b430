package dev.wrtfarm.flash.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockTest {
  @TempDir Path dir;

  @Test
  void a_kept_lock_outlives_garbage_collections_and_goes_with_its_process() throws Exception {
    Path file = dir.resolve("lock");
    Process keeper =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockKeeper.class.getName(),
                file.toString())
            .redirectError(dir.resolve("err").toFile())
            .start();
    try (var said = keeper.inputReader()) {
      assertThat(said.readLine()).isEqualTo("true");
      assertThat(isFree(file)).isFalse();
      keeper.getOutputStream().close();
      assertThat(keeper.waitFor(90, TimeUnit.SECONDS)).isTrue();
      assertThat(isFree(file)).isTrue();
    } finally {
      keeper.destroyForcibly();
    }
  }

  private static boolean isFree(Path file) throws IOException {
    try (ProcessLock lock = ProcessLock.on(file)) {
      return lock.tryHold().isPresent();
    }
  }
}
