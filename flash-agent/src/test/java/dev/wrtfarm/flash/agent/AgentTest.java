package dev.wrtfarm.flash.agent;

import static dev.wrtfarm.flash.agent.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.flash.journal.JournalCheck;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** An agent's whole way with a job, against a farm over HTTP and a card that is a file. */
class AgentTest {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void a_confirmed_plan_puts_the_image_on_the_card_and_proves_it() throws Exception {
    try (Lab lab = new Lab(folder);
        AgentProcess agent = lab.startAgent()) {
      JobStandIn job = lab.submit(FlashKind.FLASH);
      eventually("planned", () -> job.state == FlashState.PLANNED);
      assertThat(job.plan().warnings()).contains("a regular file, not a card");
      assertThat(lab.cardHoldsImage()).isFalse();

      job.confirm();
      eventually("ended", () -> job.state.isEnded());

      assertThat(job.report().message()).isEqualTo(Verdict.PASSED.meaning());
      assertThat(job.told)
          .containsSubsequence(FlashState.PLANNED, FlashState.WRITING, FlashState.PASSED);
      assertThat(lab.cardHoldsImage()).isTrue();
      eventually(
          "mirrored", () -> lab.farm().journal().stream().anyMatch(l -> l.contains("ended")));
      assertThat(JournalCheck.of(lab.data()).fault()).isEmpty();
    }
  }
}
