package dev.wrtfarm.api.flash;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.Answer;
import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.FlashFarm;
import dev.wrtfarm.api.TestAgent.Held;
import dev.wrtfarm.api.TestWorker;
import dev.wrtfarm.common.flash.BootProof;
import dev.wrtfarm.common.flash.FlashOptions;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.common.flash.Wipe;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.common.rest.BootReport;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.FlashView;
import dev.wrtfarm.common.rest.SubmitFlash;
import dev.wrtfarm.common.rest.SubmitFlash.FlashTarget;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Submissions of many jobs, the same again, lists, and what a booted device says. */
@QuarkusTest
class FlashWishTest extends FarmTest {

  @BeforeEach
  void present() {
    agent.present();
  }

  @Test
  void one_image_goes_to_many_slots_each_in_its_own_job() {
    List<FlashView> jobs = flashes.submit(FlashFarm.wish("lab1", "b", "a"));
    assertThat(jobs).extracting(FlashView::slot).containsExactly("b", "a");
    assertThat(jobs.stream().map(FlashView::batch).distinct()).hasSize(1);
    Held b = agent.claim();
    Held a = agent.claim();
    assertThat(List.of(b.work().slot(), a.work().slot())).containsExactly("b", "a");
    String list = "/api/v2/flash-jobs?batch=" + jobs.getFirst().batch();
    assertThat(flashes.get(list).as(200, FlashView[].class)).hasSize(2);
    assertThat(flashes.get(list + "&slot=a&state=REQUESTED&limit=1").as(200, FlashView[].class))
        .extracting(FlashView::id)
        .containsExactly(jobs.getLast().id());
    flashes.get("/api/v2/flash-jobs?state=DONE").problem(ProblemType.INVALID_REQUEST);
    flashes.get("/api/v2/flash-jobs?limit=0").problem(ProblemType.INVALID_REQUEST);
  }

  @Test
  void all_targets_or_none() {
    flashes
        .submit(FlashFarm.wish("lab1", "a", "nowhere"), null)
        .problem(ProblemType.INVALID_REQUEST);
    flashes.submit(FlashFarm.wish("lab1", "a", "a"), null).problem(ProblemType.INVALID_REQUEST);
    flashes.submit(FlashFarm.wish("lab1"), null).problem(ProblemType.INVALID_REQUEST);
    assertThat(value("select count(*) from flash_job")).isEqualTo("0");
  }

  @Test
  void the_same_key_gets_the_same_jobs_however_often_it_comes_at_once() throws Exception {
    SubmitFlash wish = FlashFarm.wish("lab1", "a", "b");
    Set<String> batches =
        Farm.atOnce(6, () -> flashes.submit(wish, "key-1")).stream()
            .map(answer -> answer.as(202, FlashView[].class)[0].batch())
            .collect(Collectors.toSet());
    assertThat(batches).hasSize(1);
    assertThat(value("select count(*) from flash_job")).isEqualTo("2");
    flashes.submit(FlashFarm.wish("lab1", "a"), "key-1").problem(ProblemType.KEY_REUSED);
  }

  @Test
  void a_slots_line_goes_by_arrival() {
    String first = flashes.submit("lab1", "a").id();
    String second = flashes.submit("lab1", "a").id();
    assertThat(flashes.job(second).waiting()).contains("1 before it");
    agent.ended(flashes.writing(agent, first), Verdict.DATA_LOST);
    assertThat(flashes.job(second).waiting()).isEmpty();
    assertThat(agent.claim().job()).isEqualTo(second);
    assertThat(agent.claim(TestWorker.nonce())).isEmpty();
  }

  @Test
  void options_that_cannot_be_are_refused() {
    for (FlashOptions wrong :
        List.of(
            new FlashOptions(Level.QUICK, Wipe.FULL, 0L, null),
            new FlashOptions(Level.QUICK, Wipe.FULL, null, "../etc/shadow"))) {
      flashes.submit(wish(null, wrong, null), null).problem(ProblemType.INVALID_REQUEST);
    }
    FlashOptions prefix = new FlashOptions(Level.QUICK, Wipe.SIGNATURES, 1_048_576L, null);
    assertThat(
            flashes
                .submit(wish(null, prefix, true), null)
                .problem(ProblemType.INVALID_REQUEST)
                .field())
        .isEqualTo("unattended");
    flashes
        .submit(wish("ERASE", FlashOptions.DEFAULT, null), null)
        .problem(ProblemType.INVALID_REQUEST);
    assertThat(flashes.submit(wish("VERIFY", prefix, null)).getFirst().options()).isEqualTo(prefix);
  }

  @Test
  void a_booted_device_is_what_was_flashed_or_a_ghost() {
    farm.queue(Farm.anyRecipe());
    BuildView build = farm.build(worker.build("any", bytes(), bytes()).build());
    SubmitFlash wish =
        new SubmitFlash(
            null,
            build.id(),
            "image.img.gz",
            null,
            null,
            List.of(new FlashTarget("lab1", "a")),
            null,
            null);
    String job = flashes.submit(wish).getFirst().id();
    boot(job, "{}").problem(ProblemType.STATE_REFUSED);
    Held held = flashes.writing(agent, job);
    agent.told(held, FlashState.VERIFYING);
    agent.ended(held, Verdict.PASSED);
    String id = requireNonNull(build.imageId());
    for (String nonsense : List.of("", "no JSON", "{}", "{\"imageId\":\"x\"}", "[]")) {
      boot(job, nonsense).problem(ProblemType.INVALID_REQUEST);
    }
    assertThat(boot(job, "{\"imageId\":\"0123456789abcdef\"}").as(200, FlashView.class).proof())
        .isEqualTo(BootProof.GHOST);
    assertThat(
            boot(job, "{\"imageId\":\"%s\",\"recipe\":{}}".formatted(id))
                .as(200, FlashView.class)
                .proof())
        .isEqualTo(BootProof.BOOTED);
  }

  @Test
  void an_image_that_is_not_the_farms_proves_nothing_by_booting() {
    boot(flashes.passed(agent, "a").id(), "{\"imageId\":\"0123456789abcdef\"}")
        .problem(ProblemType.STATE_REFUSED);
  }

  @Test
  void an_image_that_has_left_the_store_ends_its_job() {
    farm.queue(Farm.anyRecipe());
    String build = worker.build("any", bytes(), bytes()).build();
    SubmitFlash wish =
        new SubmitFlash(
            null, build, null, null, null, List.of(new FlashTarget("lab1", "a")), null, null);
    String job = flashes.submit(wish).getFirst().id();
    sql("update blob set state = 'DOOMED'");
    assertThat(agent.claim(TestWorker.nonce())).isEmpty();
    assertThat(flashes.state(job)).isEqualTo(FlashState.FAILED);
    assertThat(flashes.job(job).reason()).contains("not in the store");
    flashes.submit(wish, null).problem(ProblemType.EXPIRED);
  }

  private Answer boot(String job, String text) {
    return flashes.post("/" + job + "/boot", new BootReport(text));
  }

  private static SubmitFlash wish(
      @Nullable String kind, FlashOptions options, @Nullable Boolean unattended) {
    return new SubmitFlash(
        kind,
        null,
        null,
        "https://images.example/openwrt.img.gz",
        FlashFarm.IMAGE,
        List.of(new FlashTarget("lab1", "a")),
        options,
        unattended);
  }
}
