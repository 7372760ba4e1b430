package dev.wrtfarm.api.flashlease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.TestAgent.Held;
import dev.wrtfarm.common.agent.FlashWork.Step;
import dev.wrtfarm.common.agent.TransitionReply;
import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.common.rest.FlashView;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs that are cancelled, given back, or wait for too long. */
@QuarkusTest
class UnusedPlanTest extends FarmTest {

  @BeforeEach
  void present() {
    agent.present();
  }

  @Test
  void a_cancel_is_free_before_the_word_and_a_question_after_it() {
    String requested = flashes.submit("lab1", "a").id();
    assertThat(flashes.cancel(requested).as(200, FlashView.class).state())
        .isEqualTo(FlashState.CANCELLED);
    String confirmed = flashes.submit("lab1", "a").id();
    flashes.confirmed(agent, confirmed);
    Held dropped = agent.claim();
    flashes.cancel(confirmed);
    agent.tell(dropped, FlashState.WRITING).problem(ProblemType.LEASE_LOST);
    assertThat(flashes.state(confirmed)).isEqualTo(FlashState.CANCELLED);

    String writing = flashes.submit("lab1", "a").id();
    Held held = flashes.writing(agent, writing);
    assertThat(flashes.cancel(writing).as(200, FlashView.class).state())
        .isEqualTo(FlashState.WRITING);
    assertThat(agent.progress(held, "write", 3).as(200, TransitionReply.class).cancel()).isTrue();
    agent.ended(held, Verdict.CANCELLED);
    FlashView stopped = flashes.job(writing);
    assertThat(stopped.state()).isEqualTo(FlashState.FAILED);
    assertThat(stopped.unusable()).isTrue();
    assertThat(flashes.cancel(writing).as(200, FlashView.class).state())
        .as("what has ended stays as it is")
        .isEqualTo(FlashState.FAILED);
  }

  @Test
  void a_job_given_back_is_planned_anew() {
    String job = flashes.submit("lab1", "a").id();
    FlashPlan before = flashes.confirmed(agent, job);
    Held held = agent.claim();
    assertThat(agent.told(held, FlashState.REQUESTED)).isEqualTo(FlashState.REQUESTED);
    assertThat(agent.told(held, FlashState.REQUESTED)).isEqualTo(FlashState.REQUESTED);
    assertThat(flashes.job(job).plan()).isNull();
    flashes.confirm(job, "a", before.token()).problem(ProblemType.STATE_REFUSED);
    assertThat(agent.claim().work().step()).isEqualTo(Step.PLAN);
  }

  @Test
  void a_plan_that_nobody_uses_expires_and_frees_the_slot() {
    String planned = flashes.submit("lab1", "a").id();
    FlashPlan plan = agent.planned(agent.claim());
    makeOld(planned);
    flashes.confirm(planned, "a", plan.token()).problem(ProblemType.STATE_REFUSED);
    Farm.eventually("it expires", () -> flashes.state(planned) == FlashState.EXPIRED);
    String confirmed = flashes.submit("lab1", "a").id();
    flashes.confirmed(agent, confirmed);
    Held held = agent.claim();
    makeOld(confirmed);
    Farm.eventually("it expires", () -> flashes.state(confirmed) == FlashState.EXPIRED);
    agent.tell(held, FlashState.WRITING).problem(ProblemType.LEASE_LOST);
    assertThat(flashes.job(confirmed).reason()).contains("in time");
  }

  @Test
  void the_word_is_not_given_for_a_plan_that_is_too_old() {
    String job = flashes.submit("lab1", "a").id();
    flashes.confirmed(agent, job);
    Held held = agent.claim();
    makeOld(job);
    // The reaper may be there first, or not.
    assertThat(agent.tell(held, FlashState.WRITING).status()).isEqualTo(409);
    assertThat(flashes.state(job)).isIn(FlashState.CONFIRMED, FlashState.EXPIRED);
  }

  @Test
  void a_wish_of_yesterday_is_not_done_today() {
    String job = flashes.submit("lab1", "a").id();
    sql("update flash_job set created_at = now() - interval '25 hours'");
    Farm.eventually("it expires", () -> flashes.state(job) == FlashState.EXPIRED);
  }

  private void makeOld(String job) {
    sql(
        "update flash_job set plan_until = now() - interval '1 second' where id = '%s'"
            .formatted(job));
  }
}
