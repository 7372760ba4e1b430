package dev.wrtfarm.cli.flash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrtfarm.cli.CliRun;
import dev.wrtfarm.cli.output.Input;
import dev.wrtfarm.cli.output.Json;
import dev.wrtfarm.common.flash.BootProof;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.common.problem.ProblemType;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlashCommandTest {
  private static final FlashViews ONE = FlashViews.of("f-1", "card-1");
  private static final FlashViews TWO = FlashViews.of("f-2", "card-2");

  @TempDir private Path folder;
  private FlashStandIn farm;

  @BeforeEach
  void a_farm() throws IOException {
    farm = new FlashStandIn();
  }

  @AfterEach
  void close() {
    farm.close();
  }

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
  void a_refused_confirmation_is_told_with_the_way_to_take_it_up() {
    farm.job(ONE.planned());

    CliRun submitted = run(flash("--slot", "card-1"));
    farm.refuse(ProblemType.TOKEN_REFUSED);
    CliRun run = run("flash", "--job=f-1", "--confirm=card-1", "--api", farm.url());

    assertThat(submitted.code()).isEqualTo(7);
    assertThat(run.code()).isEqualTo(5);
    assertThat(run.err()).contains("it cannot be", "take it up again: wrtfarm flash --job f-1");
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
  void a_recheck_reads_the_card_of_an_earlier_job_again() throws IOException {
    farm.job(ONE.passed());

    CliRun run = run("flash", "recheck", "f-1", "--api", farm.url());

    assertThat(run.code()).isZero();
    assertThat(farm.calls.element()).startsWith("POST /f-1/recheck {\"options\":");
    assertThat(body(farm.calls.element()).at("/options/config").isNull()).isTrue();
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

  @Test
  void a_booted_device_proves_the_job_by_its_file_or_by_what_is_pasted() throws IOException {
    farm.job(ONE.booted(BootProof.BOOTED));
    Path file = Files.writeString(folder.resolve("build.json"), "{\"imageId\":\"0123\"}\n");

    CliRun byFile = run("flash", "confirm", "f-1", "--file", file.toString(), "--api", farm.url());
    CliRun pasted = given("{\"imageId\":\"0123\"}", "flash", "confirm", "f-1", "--api", farm.url());

    assertThat(byFile.code()).isZero();
    assertThat(byFile.out()).contains("BOOTED", "0123456789abcdef");
    assertThat(pasted).isEqualTo(byFile);
    assertThat(farm.calls)
        .containsOnly("POST /f-1/boot {\"build\":\"{\\\"imageId\\\":\\\"0123\\\"}\"}");
  }

  @Test
  void a_device_that_runs_something_else_is_a_ghost() {
    farm.job(ONE.booted(BootProof.GHOST));

    CliRun run = given("{}", "flash", "confirm", "f-1", "--api", farm.url());

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.out()).contains("GHOST", "another image");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-oProxyCommand=x", "root@-x", "root@host;id", "root@ho st", ""})
  void an_ssh_address_that_is_none_starts_nothing(String address) {
    CliRun run = run("flash", "confirm", "f-1", "--ssh=" + address, "--api", farm.url());

    assertThat(run.code()).isEqualTo(2);
    assertThat(farm.calls).isEmpty();
  }

  private void wholeWay(FlashViews job) {
    farm.job(
        job.requested(""),
        job.planned(),
        job.in(FlashState.CONFIRMED),
        job.in(FlashState.WRITING),
        job.in(FlashState.VERIFYING),
        job.passed());
  }

  private String[] flash(String... more) {
    List<String> all =
        new java.util.ArrayList<>(
            List.of("flash", "--api", farm.url(), "--host", "lab-1", "--image-url"));
    all.addAll(List.of("http://images.example/x.img.gz", "--sha256", "d".repeat(64)));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private CliRun run(String... arguments) {
    return CliRun.in(folder, arguments);
  }

  private CliRun typed(String text, String... arguments) {
    return CliRun.with(new Input(new StringReader(text), true), folder, arguments);
  }

  private CliRun given(String text, String... arguments) {
    return CliRun.with(new Input(new StringReader(text), false), folder, arguments);
  }

  private static JsonNode body(String call) throws IOException {
    return Json.MAPPER.readTree(call.substring(call.indexOf('{')));
  }

  private static JsonNode node(String line) {
    try {
      return Json.MAPPER.readTree(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }
}
