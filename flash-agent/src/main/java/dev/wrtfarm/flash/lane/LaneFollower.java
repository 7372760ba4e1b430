package dev.wrtfarm.flash.lane;

import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows a lane from its go to its end, and says so when its card does not answer. */
final class LaneFollower {
  private static final Duration BEAT = Duration.ofMillis(250);

  private final Watchdog watchdog;
  private final RunWatch watch;

  LaneFollower(Watchdog watchdog, RunWatch watch) {
    this.watchdog = watchdog;
    this.watch = watch;
  }

  /** Empty when the card is stuck, and whoever waits does not want to wait for that. */
  Optional<LaneEnd> follow(LaneFolder folder, RunningLane lane)
      throws IOException, InterruptedException {
    boolean stuck = false;
    while (!lane.awaitGone(BEAT)) {
      RunningLane.Heard heard = lane.heard();
      Duration silence = heard.silence();
      watch.status(
          new RunStatus(
              String.valueOf(heard.word().text()),
              heard.word().percent(),
              watchdog.words(silence)));
      if (watch.isCancelAsked() && !folder.isCancelled()) {
        folder.cancel();
      }
      if (!stuck && watchdog.after(silence) == Watchdog.Finding.DEAD) {
        stuck = true;
        if (!watch.stuck(stuckReport(folder, silence))) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(LaneEnd.of(folder, lane.howGone()));
  }

  private FlashReport stuckReport(LaneFolder folder, Duration silence) throws IOException {
    return new FlashReport(
        Verdict.STUCK,
        watchdog.words(silence) + "; its slot stays locked until the process lets go of it",
        folder.told().begun(),
        Map.of(),
        0,
        0,
        List.of(),
        0,
        null,
        List.of(),
        0,
        FlashReport.Latency.NONE,
        List.of());
  }
}
