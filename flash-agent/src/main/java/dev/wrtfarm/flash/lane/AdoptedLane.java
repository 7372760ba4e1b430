package dev.wrtfarm.flash.lane;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A lane that an earlier parent started. It says nothing to this one, but shows where it is. */
final class AdoptedLane implements RunningLane {
  private final LaneFolder folder;
  private Heard heard = Heard.nothing();
  private String shown = "";

  AdoptedLane(LaneFolder folder) {
    this.folder = folder;
  }

  @Override
  public Heard heard() throws IOException {
    Optional<LaneFolder.Shown> now = folder.progress();
    if (now.isPresent() && !now.get().stamp().equals(shown)) {
      shown = now.get().stamp();
      heard = Heard.now(now.get().word());
    }
    return heard;
  }

  @Override
  public boolean awaitGone(Duration longest) throws InterruptedException, IOException {
    if (folder.isAlive()) {
      Thread.sleep(longest);
    }
    return !folder.isAlive();
  }

  @Override
  public String howGone() {
    return "without a word " + folder.lastWords();
  }
}
