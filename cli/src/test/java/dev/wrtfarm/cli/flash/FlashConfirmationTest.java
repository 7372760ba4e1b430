package dev.wrtfarm.cli.flash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.cli.CliRun;
import dev.wrtfarm.common.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlashConfirmationTest extends FlashRuns {
  @Test
  void a_wrong_name_confirms_nothing_and_the_way_on_is_named() {
    farm.job(ONE.planned());

    CliRun run = typed("card-2\nCARD-1\n\n", flash("--slot", "card-1"));

    assertThat(run.code()).isEqualTo(7);
    assertThat(run.err())
        .contains("'card-2' is not 'card-1'", "wrtfarm flash --job f-1 --confirm card-1");
    assertThat(farm.calls).hasSize(1);
  }

  @Test
  void without_a_terminal_and_without_confirm_nothing_is_written() {
    farm.job(ONE.planned());

    CliRun run = run(flash("--slot", "card-1"));

    assertThat(run.code()).isEqualTo(7);
    assertThat(run.err()).contains("plan to write slot card-1", "not confirmed");
    assertThat(farm.calls).hasSize(1);
  }

  @Test
  void confirm_has_to_name_the_slot_and_nothing_is_asked_for_before() {
    CliRun run = run(flash("--slot", "card-1", "--confirm", "card-2"));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--confirm names card-2, but the slot is card-1");
    assertThat(farm.calls).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "list", "show"})
  void a_host_and_a_slot_may_be_called_like_a_command(String name) {
    FlashViews job = FlashViews.of("f-1", name);
    farm.job(job.planned(), job.passed());

    CliRun run =
        run(
            "flash",
            "--build",
            "b-1",
            "--host",
            name,
            "--slot",
            name,
            "--confirm",
            name,
            "--api",
            farm.url());

    assertThat(run.code()).isEqualTo(4);
    assertThat(run.err()).doesNotContain("Expected parameter");
  }

  @Test
  void a_slot_may_be_called_as_a_command_is() {
    CliRun run = run(flash("--slot", "list", "--confirm", "show"));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--confirm names show, but the slot is list");
  }

  @Test
  void a_refused_confirmation_is_told_with_the_way_to_take_it_up() {
    farm.job(ONE.planned());

    CliRun submitted = run(flash("--slot", "card-1"));
    farm.refuse(ProblemType.TOKEN_REFUSED);
    CliRun run = run("flash", "--job=f-1", "--confirm=card-1", "--api", farm.url());

    assertThat(submitted.code()).isEqualTo(7);
    assertThat(run.code()).isEqualTo(5);
    assertThat(run.err()).contains("it cannot be", "take it up again: wrtfarm flash --job f-1");
  }
}
