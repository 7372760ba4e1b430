package dev.wrtfarm.flash.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.flash.lane.Watchdog.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaneFollowerTest {
  private static final Watchdog SHORT =
      new Watchdog(Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(50));

  @TempDir Path data;

  @Test
  void silence_is_told_by_its_length() {
    assertThat(Watchdog.USUAL.after(Duration.ofMillis(4999))).isEqualTo(Finding.FINE);
    assertThat(Watchdog.USUAL.words(Duration.ofMillis(4999))).isEmpty();
    assertThat(Watchdog.USUAL.after(Duration.ofSeconds(5))).isEqualTo(Finding.WARN);
    assertThat(Watchdog.USUAL.after(Duration.ofSeconds(30))).isEqualTo(Finding.SLOW);
    assertThat(Watchdog.USUAL.after(Duration.ofSeconds(120))).isEqualTo(Finding.DEAD);
    assertThat(Watchdog.USUAL.words(Duration.ofSeconds(121))).contains("121 s", "take it out");
  }

  @Test
  void a_stuck_card_is_reported_once_and_its_lane_waited_for() throws Exception {
    SilentLane lane = new SilentLane();
    LaneFolder folder = begunFolder();
    List<FlashReport> reports = new ArrayList<>();

    Optional<LaneEnd> end =
        new LaneFollower(
                SHORT,
                watch(report -> {
                  reports.add(report);
                  lane.goAfter = 3;
                  return true;
                }))
            .follow(folder, lane);

    assertThat(reports).hasSize(1);
    assertThat(reports.getFirst().verdict()).isEqualTo(Verdict.STUCK);
    assertThat(reports.getFirst().wrote()).isTrue();
    assertThat(end).get().isInstanceOf(LaneEnd.CutOff.class);
  }

  @Test
  void whoever_does_not_want_to_wait_for_a_stuck_card_need_not() throws Exception {
    assertThat(
            new LaneFollower(SHORT, watch(report -> false)).follow(begunFolder(), new SilentLane()))
        .isEmpty();
  }

  private LaneFolder begunFolder() throws IOException {
    LaneFolder folder = LaneFolder.of(data, "job");
    Files.createDirectories(folder.path());
    Files.writeString(folder.path().resolve("order.json"), "{\"kind\":\"FLASH\"}");
    folder.note(LaneWord.begun());
    return folder;
  }

  private interface OnStuck {
    boolean waits(FlashReport report);
  }

  private static RunWatch watch(OnStuck stuck) {
    return new RunWatch() {
      @Override
      public void status(RunStatus status) {}

      @Override
      public boolean isCancelAsked() {
        return false;
      }

      @Override
      public boolean stuck(FlashReport report) {
        return stuck.waits(report);
      }
    };
  }

  /** As one whose process hangs in the kernel. */
  private static final class SilentLane implements RunningLane {
    private final Heard heard = Heard.nothing();
    int goAfter = Integer.MAX_VALUE;

    @Override
    public Heard heard() {
      return heard;
    }

    @Override
    public boolean awaitGone(Duration longest) throws InterruptedException {
      Thread.sleep(5);
      return goAfter-- <= 0;
    }

    @Override
    public String howGone() {
      return "when the card was taken out";
    }
  }
}
