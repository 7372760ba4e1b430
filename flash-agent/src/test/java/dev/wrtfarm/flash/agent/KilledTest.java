package dev.wrtfarm.flash.agent;

import static dev.wrtfarm.flash.agent.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.agent.Inventory;
import dev.wrtfarm.common.agent.Inventory.SlotReport;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.flash.journal.JournalCheck;
import dev.wrtfarm.flash.lane.LaneFolder;
import dev.wrtfarm.flash.lane.LaneProcesses;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent, its lane or both killed at every step of the order: never a second write. */
class KilledTest {
  @TempDir Path folder;
  private Lab lab;
  private AgentProcess agent;
  private JobStandIn job;

  @BeforeEach
  void plan() throws Exception {
    lab = new Lab(folder);
    agent = lab.startAgent();
    job = lab.submit(FlashKind.FLASH);
    eventually("planned", () -> job.state == FlashState.PLANNED);
  }

  @AfterEach
  void end() throws Exception {
    agent.close();
    lab.endLanes();
    lab.close();
    assertThat(JournalCheck.of(lab.data()).fault()).isEmpty();
  }

  @Test
  void agent_killed_after_the_plan_carries_it_out_later() throws Exception {
    agent.kill();
    agent = lab.startAgent();
    job.confirm();

    eventually("ended", () -> job.state.isEnded());
    assertThat(job.state).isEqualTo(FlashState.PASSED);
    assertThat(lab.cardHoldsImage()).isTrue();
  }

  @Test
  void agent_killed_while_the_lane_opens_the_device_begins_again() throws Exception {
    // However slow this test is, the lane gets no go before the agent is killed.
    lab.farm().gate(told -> told.to() == FlashState.WRITING ? 503 : 200);
    job.confirm();
    eventually("lane", () -> agent.lane().isPresent());
    ProcessHandle lane = agent.lane().orElseThrow();
    agent.kill();
    eventually("lane gone", () -> LaneProcesses.isGone(lane));
    assertThat(lab.cardIsBlank()).isTrue();

    lab.farm().gate(told -> 200);
    job.loseLease();
    agent = lab.startAgent();
    eventually("ended", () -> job.state.isEnded());

    // With the intent on the disk before the kill, the token is used and the job failed.
    assertThat(job.state).isIn(FlashState.PASSED, FlashState.FAILED);
    assertThat(lab.cardHoldsImage()).isEqualTo(job.state == FlashState.PASSED);
    assertThat(job.report().wrote()).isEqualTo(job.state == FlashState.PASSED);
  }

  @Test
  void agent_killed_after_the_intent_has_written_nothing_and_never_will() throws Exception {
    lab.farm()
        .gate(told -> {
          if (told.to() == FlashState.WRITING && job.state == FlashState.CONFIRMED) {
            agent.kill();
            return 503;
          }
          return 200;
        });
    job.confirm();
    eventually("killed", () -> !agent.isAlive());
    lab.awaitNoLane(job);

    agent = lab.startAgent();
    eventually("ended", () -> job.state.isEnded());

    requireUntouched();
  }

  @Test
  void agent_killed_before_the_acknowledgement_has_written_nothing_and_never_will()
      throws Exception {
    try (JournalHeld held = new JournalHeld(lab.data())) {
      lab.farm()
          .gate(told -> {
            if (told.to() == FlashState.WRITING) {
              held.take();
            }
            return 200;
          });
      job.confirm();
      eventually("the farm's word", () -> job.state == FlashState.WRITING);
      agent.kill();
    }
    lab.awaitNoLane(job);

    agent = lab.startAgent();
    eventually("ended", () -> job.state.isEnded());

    requireUntouched();
  }

  @Test
  void lane_killed_before_the_go_has_written_nothing() throws Exception {
    lab.farm()
        .gate(told -> {
          if (told.to() == FlashState.WRITING) {
            ProcessHandle lane = agent.lane().orElseThrow();
            lane.destroyForcibly();
            while (!LaneProcesses.isGone(lane)) {
              Thread.sleep(5);
            }
          }
          return 200;
        });
    job.confirm();
    eventually("ended", () -> job.state.isEnded());

    requireUntouched();
  }

  @Test
  void agent_killed_after_the_go_reports_late_what_its_lane_did() throws Exception {
    ImageTap tap = stopInTheMiddle();
    agent.kill();
    assertThat(lab.isLaneAlive(job)).isTrue();
    job.loseLease();
    assertThat(job.state).isEqualTo(FlashState.NEEDS_CHECK);

    agent = lab.startAgent();
    eventually("lane told", () -> inventory().lanes().equals(List.of(job.id)));
    eventually("busy", () -> lab.isSlot("busy"));
    tap.pour();
    eventually("ended", () -> job.state.isEnded());

    assertThat(job.report().message()).isEqualTo(Verdict.PASSED.meaning());
    assertThat(lab.cardHoldsImage()).isTrue();
    eventually("free", () -> lab.isSlot("ready"));
  }

  @Test
  void agent_killed_before_its_report_tells_it_later() throws Exception {
    lab.farm().gate(told -> told.to() == FlashState.PASSED ? 503 : 200);
    job.confirm();
    eventually("ended on the host", () -> lab.journalSays("\"kind\":\"ended\""));
    agent.kill();
    assertThat(job.state).isNotEqualTo(FlashState.PASSED);

    lab.farm().gate(told -> 200);
    agent = lab.startAgent();
    eventually("ended", () -> job.state.isEnded());

    assertThat(job.state).isEqualTo(FlashState.PASSED);
    assertThat(lab.journalCount("\"kind\":\"intent\"")).isEqualTo(1);
  }

  @Test
  void lane_killed_in_the_middle_leaves_a_card_that_somebody_has_to_look_at() throws Exception {
    stopInTheMiddle();
    agent.lane().orElseThrow().destroyForcibly();
    requireNeedsCheckUntilResolved();
  }

  @Test
  void lane_and_agent_killed_in_the_middle_leave_a_card_that_somebody_has_to_look_at()
      throws Exception {
    stopInTheMiddle();
    ProcessHandle lane = agent.lane().orElseThrow();
    agent.kill();
    lane.destroyForcibly();
    lab.awaitNoLane(job);
    job.loseLease();
    agent = lab.startAgent();
    requireNeedsCheckUntilResolved();
  }

  @Test
  void a_farm_that_has_forgotten_the_job_unlocks_no_card() throws Exception {
    stopInTheMiddle();
    agent.lane().orElseThrow().destroyForcibly();
    eventually("cut off", () -> job.state == FlashState.NEEDS_CHECK);
    job.restore(FlashState.REQUESTED);
    eventually("asked twice", () -> job.strangers >= 2);
    eventually("slot says so", () -> lab.isSlot("needs-check"));

    assertThat(lab.resolveHere(job)).contains("--without-farm");
    assertThat(lab.journalSays("\"kind\":\"resolved\"")).isFalse();
    assertThat(lab.resolveHere(job, "--without-farm")).contains("resolved");
    eventually("free", () -> lab.isSlot("ready"));
    assertThat(lab.journalCount("\"kind\":\"resolved\"")).isEqualTo(1);
    eventually("not done again", () -> job.refusal == RefusalReason.TOKEN_USED);
  }

  /** The lane has marks on the card, and waits for its image. */
  private ImageTap stopInTheMiddle() throws Exception {
    ImageTap tap = new ImageTap(lab.laneFolder(job).resolve("image"), lab.image());
    lab.farm()
        .gate(told -> {
          if (told.to() == FlashState.WRITING) {
            tap.close();
          }
          return 200;
        });
    job.confirm();
    // Its file alone is not enough: killed before it says so there, the lane has not begun.
    eventually("begun", () -> LaneFolder.of(lab.data(), job.id).told().begun());
    return tap;
  }

  private void requireNeedsCheckUntilResolved() throws Exception {
    eventually("cut off", () -> job.state == FlashState.NEEDS_CHECK);
    eventually("slot says so", () -> lab.isSlot("needs-check"));
    assertThat(lab.slot()).get().extracting(SlotReport::message).asString().contains(job.id);
    // It looked at lanes first: this one may have died between that look and the one at its slot.
    eventually("no lane told", () -> inventory().lanes().isEmpty());
    JobStandIn next = lab.submit(FlashKind.FLASH);

    assertThat(lab.localRun()).contains("NEEDS_CHECK").contains(job.id);
    assertThat(next.state).isEqualTo(FlashState.REQUESTED);

    lab.farm().gate(told -> 200);
    job.resolve(FlashState.FAILED);
    eventually("planned again", () -> next.state == FlashState.PLANNED);
    next.confirm();
    eventually("ended", () -> next.state.isEnded());
    assertThat(next.state).isEqualTo(FlashState.PASSED);
    assertThat(lab.cardHoldsImage()).isTrue();
  }

  private void requireUntouched() throws Exception {
    assertThat(job.state).isEqualTo(FlashState.FAILED);
    assertThat(job.report().wrote()).isFalse();
    assertThat(lab.cardIsBlank()).isTrue();
    eventually("free", () -> lab.isSlot("ready"));
    assertThat(lab.journalCount("\"kind\":\"intent\"")).isEqualTo(1);
  }

  private Inventory inventory() {
    Inventory now = lab.farm().inventory();
    return now == null ? new Inventory("", "", "", List.of(), List.of()) : now;
  }
}
