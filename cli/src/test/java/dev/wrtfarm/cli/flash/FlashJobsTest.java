package dev.wrtfarm.cli.flash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.cli.CliRun;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.problem.ProblemType;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FlashJobsTest extends FlashRuns {
  @Test
  void a_job_that_waits_for_its_agent_says_so() {
    farm.job(
        ONE.requested(""),
        ONE.requested("the agent of lab-1 is offline"),
        ONE.planned(),
        ONE.passed());

    CliRun run = run(flash("--slot", "card-1", "--confirm", "card-1"));

    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("the agent of lab-1 is offline");
  }

  @Test
  void a_job_is_taken_up_again_by_its_id() {
    farm.job(ONE.in(FlashState.WRITING), ONE.in(FlashState.VERIFYING), ONE.passed());

    CliRun run = run("flash", "--job", "f-1", "--api", farm.url());

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("PASSED");
    assertThat(farm.calls).isEmpty();
  }

  @Test
  void a_job_that_needs_a_check_says_how_to_go_on() {
    farm.job(ONE.needsCheck());

    CliRun run = run("flash", "--job", "f-1", "--api", farm.url());

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.out())
        .contains("NEEDS_CHECK: its agent was lost while it wrote", "wrtfarm flash resolve f-1");
  }

  @Test
  void a_recheck_reads_the_card_of_an_earlier_job_again() throws IOException {
    farm.job(ONE.passed());

    CliRun run = run("flash", "recheck", "f-1", "--api", farm.url());

    assertThat(run.code()).isZero();
    assertThat(farm.calls.element()).startsWith("POST /f-1/recheck {\"options\":");
    assertThat(body(farm.calls.element()).at("/options/config").isNull()).isTrue();
  }

  @Test
  void what_its_state_does_not_allow_has_an_exit_code_of_its_own() {
    farm.job(ONE.passed());
    farm.refuse(ProblemType.STATE_REFUSED);

    CliRun run = run("flash", "cancel", "f-1", "--api", farm.url());

    assertThat(run.code()).isEqualTo(ExitCode.STATE_REFUSED.code());
  }

  @Test
  void list_show_cancel_and_resolve() {
    farm.job(ONE.passed());
    farm.job(TWO.in(FlashState.CANCELLED));

    assertThat(run("flash", "list", "--api", farm.url()).out())
        .contains("f-1", "lab-1/card-1", "PASSED", "f-2", "cancelled");
    assertThat(run("flash", "show", "f-1", "--api", farm.url()).out())
        .contains("PASSED", "0123456789abcdef", "pci-0-usb-1");
    assertThat(run("flash", "cancel", "f-2", "--api", farm.url()).err())
        .contains("cancelled; nothing was written");
    CliRun resolved = run("flash", "resolve", "f-1", "passed", "--note=seen", "--api", farm.url());
    assertThat(resolved.err()).contains("lab-1/card-1 is free again");
    assertThat(farm.calls).last().asString().contains("{\"verdict\":\"passed\",\"note\":\"seen\"}");
    assertThat(run("flash", "show", "f-9", "--api", farm.url()).code()).isEqualTo(4);
  }
}
