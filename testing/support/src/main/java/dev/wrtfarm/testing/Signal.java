package dev.wrtfarm.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Signals that the JDK cannot send. */
public enum Signal {
  STOP,
  CONT;

  /** In the given order; one that has ended meanwhile needs none. */
  public void send(List<ProcessHandle> processes) {
    for (ProcessHandle process : processes) {
      if (!sent(process) && process.isAlive()) {
        throw new IllegalStateException("kill -%s %d failed".formatted(name(), process.pid()));
      }
    }
  }

  private boolean sent(ProcessHandle process) {
    try {
      return new ProcessBuilder("kill", "-" + name(), Long.toString(process.pid()))
              .redirectErrorStream(true)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending a signal", e);
    }
  }
}
