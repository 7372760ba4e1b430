package dev.wrtfarm.flash.agent;

import static dev.wrtfarm.flash.agent.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.agent.Inventory.SlotReport;
import dev.wrtfarm.common.flash.CardState;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.flash.journal.JournalCheck;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent's whole way with jobs, against a farm over HTTP and a card that is a file. */
class AgentTest {
  @TempDir Path folder;
  private Lab lab;

  @BeforeEach
  void set_up() throws Exception {
    lab = new Lab(folder);
  }

  @AfterEach
  void end() throws Exception {
    lab.endLanes();
    lab.close();
  }

  @Test
  void a_confirmed_plan_puts_the_image_on_the_card_and_proves_it() throws Exception {
    try (AgentProcess agent = lab.startAgent()) {
      JobStandIn job = planned(FlashKind.FLASH);
      assertThat(job.plan().warnings()).contains("a regular file, not a card");
      assertThat(lab.cardIsBlank()).isTrue();

      job.confirm();
      eventually("ended", () -> job.state.isEnded());

      assertThat(job.report().message()).isEqualTo(Verdict.PASSED.meaning());
      assertThat(job.told)
          .containsSubsequence(FlashState.PLANNED, FlashState.WRITING, FlashState.PASSED);
      assertThat(lab.cardHoldsImage()).isTrue();
      eventually(
          "mirrored", () -> lab.farm().journal().stream().anyMatch(l -> l.contains("\"ended\"")));
      assertThat(JournalCheck.of(lab.data()).fault()).isEmpty();

      JobStandIn again = planned(FlashKind.VERIFY);
      again.confirm();
      eventually("verified", () -> again.state.isEnded());
      assertThat(again.report().verdict()).isEqualTo(Verdict.PASSED);
      assertThat(again.report().wrote()).isFalse();
      assertThat(again.told).doesNotContain(FlashState.WRITING);
    }
  }

  @Test
  void a_farm_that_was_put_back_to_yesterday_causes_no_second_write() throws Exception {
    try (AgentProcess agent = lab.startAgent()) {
      JobStandIn job = planned(FlashKind.FLASH);
      job.confirm();
      eventually("ended", () -> job.state == FlashState.PASSED);
      lab.clearCard();

      job.restore(FlashState.CONFIRMED);
      eventually("refused", () -> job.state == FlashState.FAILED);
      assertThat(job.refusal).isEqualTo(RefusalReason.TOKEN_USED);

      job.restore(FlashState.REQUESTED);
      eventually("refused", () -> job.state == FlashState.FAILED);
      assertThat(job.refusal).isEqualTo(RefusalReason.TOKEN_USED);
      assertThat(lab.cardIsBlank()).isTrue();
    }
  }

  @Test
  void another_card_than_the_planned_one_is_not_written_to() throws Exception {
    try (AgentProcess agent = lab.startAgent()) {
      JobStandIn changed = planned(FlashKind.FLASH);
      try (RandomAccessFile file = new RandomAccessFile(lab.card().toFile(), "rw")) {
        file.seek(1000);
        file.write(1);
      }
      changed.confirm();
      eventually("refused", () -> changed.state == FlashState.FAILED);
      assertThat(changed.refusal).isEqualTo(RefusalReason.CHANGED);
      assertThat(changed.report().message()).contains("first MiB");
      lab.clearCard();

      JobStandIn swapped = planned(FlashKind.FLASH);
      Path other = Files.copy(lab.card(), lab.card().resolveSibling("other"));
      Files.delete(lab.card());
      Files.move(other, lab.card());
      swapped.confirm();
      eventually("refused", () -> swapped.state == FlashState.FAILED);
      assertThat(swapped.refusal).isEqualTo(RefusalReason.CHANGED);
      assertThat(swapped.report().message()).contains("disk sequence");
      assertThat(lab.cardIsBlank()).isTrue();
    }
  }

  @Test
  void nothing_is_written_when_the_farm_takes_its_lease_back_before_its_word() throws Exception {
    lab.farm()
        .gate(told -> {
          if (told.to() == FlashState.WRITING) {
            lab.job().resolve(FlashState.CANCELLED);
          }
          return 200;
        });
    try (AgentProcess agent = lab.startAgent()) {
      JobStandIn job = planned(FlashKind.FLASH);
      job.confirm();
      eventually("withdrawn", () -> lab.journalSays("\"kind\":\"withdrawn\""));
      lab.awaitNoLane(job);
      eventually("its order is gone", () -> !Files.exists(lab.laneFolder(job)));

      assertThat(lab.cardIsBlank()).isTrue();
      assertThat(job.state).isEqualTo(FlashState.CANCELLED);
      planned(FlashKind.FLASH);
    }
  }

  @Test
  void a_run_that_is_cancelled_stops_and_says_that_the_card_does_not_boot() throws Exception {
    try (AgentProcess agent = lab.startAgent()) {
      JobStandIn job = planned(FlashKind.FLASH);
      ImageTap tap = new ImageTap(lab.laneFolder(job).resolve("image"), lab.image());
      lab.farm()
          .gate(told -> {
            if (told.to() == FlashState.WRITING) {
              tap.close();
            }
            return 200;
          });
      job.confirm();
      // A lane looks for a cancel twice a second: one that is told while it waits for its image,
      // and has waited for longer than that, looks before it writes the first of it.
      eventually("waits", () -> tap.hasWaited(Duration.ofSeconds(1)));
      job.cancel = true;
      eventually("told", () -> Files.exists(lab.laneFolder(job).resolve("cancel")));
      tap.pour();
      eventually("ended", () -> job.state.isEnded());

      assertThat(job.report().verdict()).isEqualTo(Verdict.CANCELLED);
      assertThat(job.report().wrote()).isTrue();
      assertThat(lab.cardHoldsImage()).isFalse();
    }
  }

  @Test
  void only_a_qualified_card_in_a_slot_for_it_is_flashed_unattended() throws Exception {
    lab.setSlot("unattended", "true");
    try (AgentProcess agent = lab.startAgent()) {
      JobStandIn first = lab.submit(FlashKind.FLASH, Lab.QUICK, true);
      eventually("planned", () -> first.state == FlashState.PLANNED);
      first.confirm();
      eventually("ended", () -> first.state.isEnded());

      lab.mark(first.plan().device().card(), CardState.QUALIFIED);
      eventually(
          "known",
          () ->
              lab.slot()
                  .map(SlotReport::card)
                  .filter(card -> card.state() == CardState.QUALIFIED)
                  .isPresent());
      JobStandIn second = lab.submit(FlashKind.FLASH, Lab.QUICK, true);
      eventually("ended", () -> second.state.isEnded());
      assertThat(second.state).isEqualTo(FlashState.PASSED);
      assertThat(second.told).startsWith(FlashState.CONFIRMED, FlashState.WRITING);
    }
  }

  @Test
  void two_cards_are_written_at_the_same_time() throws Exception {
    Path second = lab.addSlot("slot-2");
    try (AgentProcess agent = lab.startAgent()) {
      JobStandIn one = planned(FlashKind.FLASH);
      JobStandIn two = lab.submitTo("slot-2");
      eventually("planned", () -> two.state == FlashState.PLANNED);
      ImageTap tapOne = new ImageTap(lab.laneFolder(one).resolve("image"), lab.image());
      ImageTap tapTwo = new ImageTap(lab.laneFolder(two).resolve("image"), lab.image());
      lab.farm()
          .gate(told -> {
            if (told.to() == FlashState.WRITING) {
              (told.lease().job().equals(one.id) ? tapOne : tapTwo).close();
            }
            return 200;
          });
      one.confirm();
      two.confirm();
      eventually(
          "both begun",
          () ->
              Files.exists(lab.laneFolder(one).resolve("run.jsonl"))
                  && Files.exists(lab.laneFolder(two).resolve("run.jsonl")));
      tapTwo.pour();
      eventually("second ended", () -> two.state.isEnded());
      assertThat(one.state).isEqualTo(FlashState.WRITING);
      tapOne.pour();
      eventually("first ended", () -> one.state.isEnded());

      assertThat(one.state).isEqualTo(FlashState.PASSED);
      assertThat(two.state).isEqualTo(FlashState.PASSED);
      assertThat(lab.holdsImage(second)).isTrue();
    }
  }

  @Test
  void a_local_run_whose_terminal_went_away_does_not_keep_the_slot_busy() throws Exception {
    try (AgentProcess agent = lab.startAgent()) {
      FlashPlan plan = planned(FlashKind.FLASH).plan();
      lab.intend("local-0123456789abcdef", plan);

      eventually("withdrawn", () -> lab.journalSays("\"kind\":\"withdrawn\""));
    }
  }

  private JobStandIn planned(FlashKind kind) throws Exception {
    JobStandIn job = lab.submit(kind);
    eventually("planned", () -> job.state == FlashState.PLANNED);
    return job;
  }
}
