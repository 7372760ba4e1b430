package dev.wrtfarm.flash.fault;

import dev.wrtfarm.flash.run.RunListener;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Does something to the card when a phase begins, once. */
final class AtPhase implements RunListener {
  private final String phase;
  private final Deed deed;
  private boolean done;

  interface Deed {
    void happen() throws IOException;
  }

  AtPhase(String phase, Deed deed) {
    this.phase = phase;
    this.deed = deed;
  }

  /** Whether it came to that. */
  boolean isDone() {
    return done;
  }

  @Override
  public void phase(String name) {
    if (!done && name.equals(phase)) {
      done = true;
      try {
        deed.happen();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void progress(long done, long total) {}

  @Override
  public boolean isCancelled() {
    return false;
  }
}
