package dev.wrtfarm.cli.flash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrtfarm.cli.CliRun;
import dev.wrtfarm.cli.output.Json;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.Verdict;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlashCommandTest extends FlashRuns {
  @Test
  void a_person_reads_the_plan_types_the_slots_name_and_sees_what_came_of_it() {
    wholeWay(ONE);

    CliRun run = typed("card-1\n", flash("--slot", "card-1"));

    assertThat(run.code()).isZero();
    assertThat(run.err())
        .contains("plan to write slot card-1 of host lab-1", "/dev/sdq", "29.7 GiB", "cid:1b534d")
        .contains("a partition table with 2 partitions", "an OpenWrt overlay (f2fs)")
        .contains("this card was last flashed by another farm", "a".repeat(64), "b".repeat(64));
    assertThat(run.out())
        .contains("lab-1/card-1  PASSED: " + Verdict.PASSED.meaning(), "0123456789abcdef")
        .contains("fsync; reset: none");
    assertThat(farm.calls)
        .contains("POST /f-1/confirm {\"slot\":\"card-1\",\"token\":\"token-of-the-plan\"}");
  }

  @Test
  void what_is_sent_is_what_the_options_say() throws IOException {
    wholeWay(ONE);

    run(
        flash(
            "--slot=card-1",
            "--confirm=card-1",
            "--level=thorough",
            "--wipe=full",
            "--verify-prefix=64MiB",
            "--config=router-7",
            "--unattended"));

    JsonNode body = body(farm.calls.element());
    assertThat(body.at("/kind").asText()).isEqualTo("FLASH");
    assertThat(body.at("/url").asText()).isEqualTo("http://images.example/x.img.gz");
    assertThat(body.at("/sha256").asText()).isEqualTo("d".repeat(64));
    assertThat(body.at("/targets").toString())
        .isEqualTo("[{\"host\":\"lab-1\",\"slot\":\"card-1\"}]");
    assertThat(body.at("/options").toString())
        .isEqualTo(
            "{\"level\":\"THOROUGH\",\"wipe\":\"FULL\",\"prefixBytes\":67108864,"
                + "\"config\":\"router-7\"}");
    assertThat(body.at("/unattended").asBoolean()).isTrue();
  }

  @Test
  void a_dry_run_shows_the_plan_and_takes_the_job_back() {
    farm.job(ONE.requested(""), ONE.planned(), ONE.in(FlashState.CANCELLED));

    CliRun run = run(flash("--slot", "card-1", "--dry-run"));

    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("an OpenWrt overlay (f2fs)", "nothing was written");
    assertThat(farm.calls).last().asString().startsWith("DELETE /f-1");
  }

  @Test
  void one_image_goes_to_many_slots_and_one_bad_card_makes_the_end_bad() {
    wholeWay(ONE);
    farm.job(TWO.requested(""), TWO.planned(), TWO.in(FlashState.CONFIRMED), TWO.ghost());

    CliRun run = run(flash("--slot", "card-1,card-2", "--confirm", "card-1,card-2"));

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.out())
        .contains("lab-1/card-1  PASSED", "lab-1/card-2  GHOST_WRITE")
        .contains("STALE: 8.0 KiB at byte 4096 (image)", Verdict.GHOST_WRITE.advice());
  }

  @Test
  void verifying_writes_nothing_and_needs_no_confirmation() {
    FlashViews verify = FlashViews.verifying("f-1", "card-1");
    farm.job(
        verify.requested(""), verify.planned(), verify.in(FlashState.CONFIRMED), verify.passed());

    CliRun run = run(flash("--slot", "card-1", "--verify-only"));

    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("plan to read slot card-1", "nothing: the card is only read");
    assertThat(farm.calls.element()).contains("\"kind\":\"VERIFY\"");
  }

  @Test
  void json_has_each_change_the_plan_and_the_result() throws IOException {
    wholeWay(ONE);

    CliRun run = run(flash("--slot=card-1", "--confirm=card-1", "--json"));

    List<String> types =
        run.out().lines().map(line -> node(line).path("type").asText()).distinct().toList();
    assertThat(types).containsExactly("flash", "plan", "result");
    JsonNode result = Json.MAPPER.readTree(run.out().lines().toList().getLast());
    assertThat(result.at("/job/report/verdict").asText()).isEqualTo("PASSED");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void what_a_card_calls_itself_cannot_move_the_cursor() {
    farm.job(ONE.planned());

    CliRun run = run(flash("--slot", "card-1"));

    assertThat(run.err()).contains("Generic").doesNotContain("\033");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--slot=card-1",
        "--build=b-1",
        "--build=b-1 --profile=p --slot=card-1",
        "--image-url=http://x/y --slot=card-1",
        "--build=b-1 --sha256=00 --slot=card-1",
        "--build=b-1 --slot=card-1,card-1",
        "--build=b-1 --slot=card-1 --verify-prefix=much",
        "--build=b-1 --slot=card-1 --verify-only --wipe=full",
        "--build=b-1 --slot=card-1 --dry-run --confirm=card-1",
        "--build=b-1 --slot=card-1 --level=sloppy",
        "--job=f-1 --slot=card-1",
        "--job=f-1 --level=quick",
      })
  void what_does_not_fit_together_is_wrong_usage_and_asks_for_nothing(String arguments) {
    String[] all = ("flash --host=lab-1 --api=" + farm.url() + " " + arguments).split(" ");

    assertThat(run(all).code()).isEqualTo(2);
    assertThat(farm.calls).isEmpty();
  }
}
