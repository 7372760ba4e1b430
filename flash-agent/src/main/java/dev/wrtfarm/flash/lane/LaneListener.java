package dev.wrtfarm.flash.lane;

import dev.wrtfarm.flash.run.RunListener;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** Tells the parent how the run goes on, on standard output and in the lane's folder. */
final class LaneListener implements RunListener {
  private static final long BETWEEN_WORDS = Duration.ofMillis(500).toNanos();

  private final LaneFolder folder;
  private final Consumer<LaneWord> parent;
  private String phase = "";
  private long said;
  private long asked;
  private boolean cancelled;

  LaneListener(LaneFolder folder, Consumer<LaneWord> parent) {
    this.folder = folder;
    this.parent = parent;
  }

  @Override
  public void phase(String name) {
    phase = name;
    tell(LaneWord.progress(name, 0, 0));
  }

  @Override
  public void progress(long done, long total) {
    if (System.nanoTime() - said >= BETWEEN_WORDS) {
      tell(LaneWord.progress(phase, done, total));
    }
  }

  @Override
  public boolean isCancelled() {
    long now = System.nanoTime();
    if (!cancelled && (asked == 0 || now - asked >= BETWEEN_WORDS)) {
      asked = now;
      cancelled = folder.isCancelled();
    }
    return cancelled;
  }

  private void tell(LaneWord word) {
    said = System.nanoTime();
    parent.accept(word);
    try {
      folder.showProgress(word);
    } catch (IOException e) {
      // A disk of this host that is full is no reason to leave a card half written.
      System.err.println("progress cannot be shown: " + e.getMessage());
    }
  }
}
