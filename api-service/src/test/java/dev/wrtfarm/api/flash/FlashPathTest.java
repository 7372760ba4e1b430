package dev.wrtfarm.api.flash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.FlashFarm;
import dev.wrtfarm.api.TestAgent;
import dev.wrtfarm.api.TestAgent.Held;
import dev.wrtfarm.common.agent.FlashWork.Step;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.FlashView;
import dev.wrtfarm.common.rest.SubmitFlash;
import dev.wrtfarm.common.rest.SubmitFlash.FlashTarget;
import dev.wrtfarm.common.value.Sha256;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One job from its request to its end, and what is refused on the way. */
@QuarkusTest
class FlashPathTest extends FarmTest {

  @Test
  void a_job_goes_from_request_over_plan_and_confirmation_to_its_verdict() {
    agent.present();
    FlashView job = flashes.submit("lab1", "a");
    assertThat(job.state()).isEqualTo(FlashState.REQUESTED);
    assertThat(job.waiting()).isEmpty();

    Held planning = agent.claim();
    assertThat(planning.work().step()).isEqualTo(Step.PLAN);
    assertThat(planning.work().kind()).isEqualTo(FlashKind.FLASH);
    assertThat(planning.work().token()).isNull();
    assertThat(planning.work().leaseSeconds()).isEqualTo(45);
    assertThat(planning.work().image().url()).isEqualTo("https://images.example/openwrt.img.gz");
    assertThat(planning.work().image().sha256()).isEqualTo(FlashFarm.IMAGE);
    FlashPlan plan = agent.planned(planning);
    FlashView planned = flashes.job(job.id());
    assertThat(planned.plan()).isEqualTo(plan);
    assertThat(planned.waiting()).contains("confirm");
    assertThat(agent.claim("0".repeat(32))).isEmpty();

    flashes.confirm(job.id(), "a", plan.token());
    Held held = agent.claim();
    assertThat(held.work().step()).isEqualTo(Step.EXECUTE);
    assertThat(held.work().token()).isEqualTo(plan.token());
    assertThat(held.work().fence()).isGreaterThan(planning.work().fence());
    assertThat(agent.told(held, FlashState.WRITING)).isEqualTo(FlashState.WRITING);
    agent.progress(held, "write", 40);
    assertThat(flashes.job(job.id()).phase()).isEqualTo("write");
    assertThat(flashes.job(job.id()).percent()).isEqualTo(40);
    assertThat(agent.told(held, FlashState.VERIFYING)).isEqualTo(FlashState.VERIFYING);
    assertThat(agent.ended(held, Verdict.PASSED)).isEqualTo(FlashState.PASSED);

    FlashView passed = flashes.job(job.id());
    assertThat(requireNonNull(passed.report()).verdict()).isEqualTo(Verdict.PASSED);
    assertThat(passed.unusable()).isFalse();
    assertThat(passed.started()).isNotNull();
    assertThat(passed.ended()).isNotNull();
  }

  @Test
  void a_failed_run_leaves_the_card_unusable_only_if_it_wrote() {
    agent.present();
    String wrote = flashes.submit("lab1", "a").id();
    agent.ended(flashes.writing(agent, wrote), Verdict.GHOST_WRITE);
    FlashView ghost = flashes.job(wrote);
    assertThat(ghost.state()).isEqualTo(FlashState.FAILED);
    assertThat(ghost.reason()).isEqualTo(Verdict.GHOST_WRITE.meaning());
    assertThat(ghost.unusable()).isTrue();

    String refused = flashes.submit("lab1", "a").id();
    flashes.confirmed(agent, refused);
    agent.end(
        agent.claim(),
        FlashState.FAILED,
        TestAgent.report(Verdict.REFUSED, false),
        RefusalReason.MOUNTED);
    assertThat(flashes.job(refused).state()).isEqualTo(FlashState.FAILED);
    assertThat(flashes.job(refused).unusable()).isFalse();
  }

  @Test
  void only_the_slots_name_and_the_plans_token_confirm() {
    agent.present();
    String job = flashes.submit("lab1", "a").id();
    flashes.confirm(job, "a", "any").problem(ProblemType.STATE_REFUSED);
    FlashPlan plan = agent.planned(agent.claim());
    assertThat(flashes.submit("lab1", "a").waiting())
        .contains(job, "(PLANNED): confirm its plan, or cancel it");
    assertThat(flashes.confirm(job, "b", plan.token()).problem(ProblemType.INVALID_REQUEST).field())
        .isEqualTo("slot");
    assertThat(flashes.confirm(job, "a", "wrong").problem(ProblemType.INVALID_REQUEST).field())
        .isEqualTo("token");
    assertThat(flashes.state(job)).isEqualTo(FlashState.PLANNED);
    assertThat(flashes.confirm(job, "a", plan.token()).status()).isEqualTo(200);
    assertThat(flashes.confirm(job, "a", plan.token()).status())
        .as("the same again")
        .isEqualTo(200);
  }

  @Test
  void an_image_of_a_build_is_held_until_the_job_ends() {
    agent.present();
    byte[] image = bytes();
    farm.queue(Farm.anyRecipe());
    BuildView build = farm.build(worker.build("any", image, bytes()).build());
    SubmitFlash wish =
        new SubmitFlash(
            null, build.id(), null, null, null, List.of(new FlashTarget("lab1", "a")), null, null);
    FlashView job = flashes.submit(wish).getFirst();
    assertThat(job.imageName()).isEqualTo("image.img.gz");
    assertThat(job.imageId()).isEqualTo(build.imageId());
    assertThat(job.imageSha256()).isEqualTo(Sha256.of(image).hex());
    assertThat(value("select blob_id is not null from flash_job")).isEqualTo("true");

    Held held = flashes.writing(agent, job.id());
    assertThat(held.work().image().imageId()).isEqualTo(build.imageId());
    assertThat(Farm.send(HttpRequest.newBuilder(URI.create(held.work().image().url()))).body())
        .isEqualTo(new String(image, UTF_8));
    agent.told(held, FlashState.VERIFYING);
    agent.ended(held, Verdict.PASSED);
    assertThat(value("select blob_id is null and image_id is not null from flash_job"))
        .as("the image's facts stay, its bytes need not")
        .isEqualTo("true");
  }

  @Test
  void what_cannot_be_flashed_is_refused_at_once() {
    agent.present();
    assertThat(
            flashes.submit(FlashFarm.wish("lab2", "a"), null).problem(ProblemType.INVALID_REQUEST))
        .matches(problem -> "targets.host".equals(problem.field()));
    assertThat(
            flashes
                .submit(FlashFarm.wish("lab1", "c"), null)
                .problem(ProblemType.INVALID_REQUEST)
                .detail())
        .contains("a, b");
    String building = farm.queue(Farm.anyRecipe()).build().id();
    List<FlashTarget> target = List.of(new FlashTarget("lab1", "a"));
    flashes
        .submit(new SubmitFlash(null, building, null, null, null, target, null, null), null)
        .problem(ProblemType.STATE_REFUSED);
    flashes
        .submit(new SubmitFlash(null, "b-0", null, null, null, target, null, null), null)
        .problem(ProblemType.NOT_FOUND);
    flashes
        .submit(
            new SubmitFlash(
                null, null, null, "file:///etc/shadow", FlashFarm.IMAGE, target, null, null),
            null)
        .problem(ProblemType.INVALID_REQUEST);
    assertThat(value("select count(*) from flash_job")).isEqualTo("0");
  }

  @Test
  void flashing_needs_the_operators_token_even_on_loopback() {
    for (String path : List.of("/api/v2/flash-jobs", "/api/v2/hosts", "/api/v2/cards")) {
      farm.get(path).problem(ProblemType.TOKEN_MISSING);
      Farm.send(
              HttpRequest.newBuilder(farm.at(path)).header("Authorization", "Bearer " + Farm.AGENT))
          .problem(ProblemType.TOKEN_REFUSED);
      assertThat(flashes.get(path).status()).isEqualTo(200);
    }
    farm.post("/api/v2//flash-jobs", FlashFarm.wish("lab1", "a"))
        .problem(ProblemType.TOKEN_MISSING);
  }
}
