package dev.wrtfarm.flash.agent;

import dev.wrtfarm.flash.journal.ProcessLock;
import java.io.IOException;
import java.nio.file.Path;

/** Keeps an agent from adding to its journal, from another process. */
final class JournalHeld implements AutoCloseable {
  private final ProcessLock lock;

  JournalHeld(Path data) throws IOException {
    lock = ProcessLock.on(data.resolve("journal/lock"));
  }

  void take() throws InterruptedException {
    try {
      while (lock.tryHold().isEmpty()) {
        Thread.sleep(1);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whoever waits goes on. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
