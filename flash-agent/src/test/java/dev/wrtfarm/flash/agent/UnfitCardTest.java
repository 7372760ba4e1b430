package dev.wrtfarm.flash.agent;

import static dev.wrtfarm.flash.agent.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.flash.CardState;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashState;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cards that nobody should use, in a slot whose agent confirms plans by itself. */
class UnfitCardTest {
  @TempDir Path folder;
  private Lab lab;

  @BeforeEach
  void set_up() throws Exception {
    lab = new Lab(folder);
    lab.setSlot("unattended", "true");
  }

  @AfterEach
  void end() throws Exception {
    lab.endLanes();
    lab.close();
  }

  @Test
  void a_quarantined_or_retired_card_waits_for_a_person_who_is_warned_and_may_go_on()
      throws Exception {
    String card = "port:file:%s:%d".formatted(lab.card(), lab.card().toFile().length());
    try (AgentProcess agent = lab.startAgent()) {
      for (CardState state : new CardState[] {CardState.QUARANTINED, CardState.RETIRED}) {
        lab.mark(card, state);
        JobStandIn job = lab.submit(FlashKind.FLASH, Lab.QUICK, true);
        eventually("planned", () -> job.state != FlashState.REQUESTED);

        assertThat(job.told).containsExactly(FlashState.PLANNED);
        assertThat(job.plan().device().card()).isEqualTo(card);
        assertThat(job.plan().warnings())
            .anyMatch(warning -> warning.startsWith("the card is " + state));
        assertThat(agent.isAlive()).isTrue();

        job.confirm();
        eventually("ended", () -> job.state.isEnded());
        assertThat(job.state).isEqualTo(FlashState.PASSED);
      }
    }
  }
}
