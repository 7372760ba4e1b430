package dev.wrtfarm.api.flashlease;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.Answer;
import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.TestAgent;
import dev.wrtfarm.api.TestAgent.Held;
import dev.wrtfarm.api.TestWorker;
import dev.wrtfarm.common.agent.FlashWork.Step;
import dev.wrtfarm.common.agent.TransitionReply;
import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.common.rest.FlashView;
import dev.wrtfarm.common.rest.ResolveFlash;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Agents that fall silent, come late, or come back from the dead. */
@QuarkusTest
class LostAgentTest extends FarmTest {

  @BeforeEach
  void present() {
    agent.present();
  }

  @Test
  void an_agent_lost_while_it_plans_costs_nothing() {
    String job = flashes.submit("lab1", "a").id();
    Held lost = agent.claim();
    loseLease(job);
    Held next = claimAgain();
    assertThat(next.job()).isEqualTo(job);
    agent
        .tellPlan(lost, FlashState.PLANNED, agent.plan(lost, agent.cid("a")))
        .problem(ProblemType.LEASE_LOST);
  }

  @Test
  void a_plan_that_comes_late_counts_while_nobody_else_makes_one() {
    String job = flashes.submit("lab1", "a").id();
    Held late = agent.claim();
    loseLease(job);
    Farm.eventually(
        "it is reaped", () -> value("select lease_until is null from flash_job").equals("true"));
    agent.planned(late);
    assertThat(flashes.state(job)).isEqualTo(FlashState.PLANNED);
  }

  @Test
  void a_confirmed_job_whose_agent_is_lost_before_the_word_may_be_claimed_again() {
    String job = flashes.submit("lab1", "a").id();
    FlashPlan plan = flashes.confirmed(agent, job);
    Held lost = agent.claim();
    loseLease(job);
    Held next = claimAgain();
    assertThat(next.work().step()).isEqualTo(Step.EXECUTE);
    assertThat(next.work().token()).isEqualTo(plan.token());
    agent.tell(lost, FlashState.WRITING).problem(ProblemType.LEASE_LOST);
  }

  @Test
  void an_agent_lost_after_the_word_leaves_a_card_that_somebody_has_to_look_at() {
    String job = flashes.submit("lab1", "a").id();
    String next = flashes.submit("lab1", "a").id();
    Held held = flashes.writing(agent, job);
    String fence = value("select fence from flash_job where id = '%s'".formatted(job));
    loseWriting(job);
    FlashView lost = flashes.job(job);
    assertThat(lost.reason()).contains("fell silent");
    assertThat(lost.waiting()).contains("look at the card", "slot a");
    assertThat(value("select fence from flash_job where id = '%s'".formatted(job)))
        .as("a late report counts")
        .isEqualTo(fence);
    assertThat(agent.claim(TestWorker.nonce())).as("slot and card stay locked").isEmpty();
    assertThat(flashes.job(next).waiting()).contains(job, "NEEDS_CHECK", "resolve it");
    flashes.cancel(job).problem(ProblemType.STATE_REFUSED);

    TransitionReply alive = agent.progress(held, "verify", 70).as(200, TransitionReply.class);
    assertThat(alive.state()).isEqualTo(FlashState.NEEDS_CHECK);
    assertThat(agent.told(held, FlashState.VERIFYING)).isEqualTo(FlashState.NEEDS_CHECK);
    assertThat(agent.ended(held, Verdict.PASSED)).isEqualTo(FlashState.PASSED);
    assertThat(flashes.job(job).reason()).isNull();
    assertThat(agent.claim().job()).isEqualTo(next);
  }

  @Test
  void an_agent_whose_lane_was_cut_off_says_so_itself() {
    String job = flashes.submit("lab1", "a").id();
    Held held = flashes.writing(agent, job);
    FlashReport report = TestAgent.report(Verdict.INTERRUPTED, true);
    for (int i = 0; i < 2; i++) {
      assertThat(state(agent.end(held, FlashState.NEEDS_CHECK, report, null)))
          .isEqualTo(FlashState.NEEDS_CHECK);
    }
    assertThat(requireNonNull(flashes.job(job).report()).verdict()).isEqualTo(Verdict.INTERRUPTED);
    agent.present();
    resolve(job, "failed").as(200, FlashView.class);
    assertThat(flashes.job(job).unusable()).isTrue();
  }

  @Test
  void a_person_resolves_a_job_only_when_the_agent_has_said_that_nothing_writes_any_more() {
    String job = flashes.submit("lab1", "a").id();
    Held held = flashes.writing(agent, job);
    resolve(job, "passed").problem(ProblemType.STATE_REFUSED);
    loseWriting(job);
    assertThat(resolve(job, "passed").problem(ProblemType.STATE_REFUSED).detail())
        .as("the last inventory is older")
        .contains("start it");
    agent.present(job);
    resolve(job, "passed").problem(ProblemType.STATE_REFUSED);
    agent.present();
    resolve(job, "perhaps").problem(ProblemType.INVALID_REQUEST);
    FlashView resolved = resolve(job, "passed").as(200, FlashView.class);
    assertThat(resolved.state()).isEqualTo(FlashState.PASSED);
    assertThat(resolved.reason()).contains("a person", "it boots");
    agent
        .end(held, FlashState.FAILED, TestAgent.report(Verdict.DATA_LOST, true), null)
        .problem(ProblemType.LEASE_LOST);
    assertThat(flashes.state(job)).isEqualTo(FlashState.PASSED);
  }

  @Test
  void an_agent_that_waits_for_a_persons_word_hears_how_its_job_has_ended() {
    String job = flashes.submit("lab1", "a").id();
    Held held = flashes.writing(agent, job);
    loseWriting(job);
    agent.present();
    resolve(job, "failed").as(200, FlashView.class);
    assertThat(state(agent.progress(held, "cut off", 0))).isEqualTo(FlashState.FAILED);

    sql("update flash_job set fence = %d".formatted(held.work().fence()));
    agent.progress(held, "cut off", 0).problem(ProblemType.LEASE_LOST);
  }

  /** The agent's journal knows better than a farm whose database was restored. */
  @Test
  void a_database_of_yesterday_causes_no_second_write() {
    String job = flashes.submit("lab1", "a").id();
    flashes.confirmed(agent, job);
    sql("create table before_restore as select * from flash_job");
    try {
      Held first = agent.claim();
      agent.told(first, FlashState.WRITING);
      agent.told(first, FlashState.VERIFYING);
      agent.ended(first, Verdict.PASSED);
      sql("delete from flash_job");
      sql("insert into flash_job overriding system value select * from before_restore");
    } finally {
      sql("drop table before_restore");
    }
    Held again = agent.claim();
    assertThat(again.work().step()).isEqualTo(Step.EXECUTE);
    assertThat(
            state(
                agent.end(
                    again,
                    FlashState.FAILED,
                    TestAgent.report(Verdict.REFUSED, false),
                    RefusalReason.TOKEN_USED)))
        .isEqualTo(FlashState.FAILED);
    assertThat(flashes.job(job).unusable()).isFalse();
    assertThat(value("select count(*) from card_image"))
        .as("the farm does not know what is on the card")
        .isEqualTo("0");
    assertThat(agent.claim(TestWorker.nonce())).isEmpty();

    agent.journal(1, agent.run(0, "0".repeat(64), job, "a", Verdict.PASSED).toArray(String[]::new));
    assertThat(value("select image_name || ' ' || job_id from card_image"))
        .as("the journal, of which the farm has lost these lines, tells it again")
        .isEqualTo("local.img " + job);
  }

  private static FlashState state(Answer answer) {
    return answer.as(200, TransitionReply.class).state();
  }

  private Answer resolve(String job, String verdict) {
    return flashes.post("/" + job + "/resolve", new ResolveFlash(verdict, "it boots"));
  }

  /** As if the agent had been silent for longer than its lease. */
  private void loseLease(String job) {
    sql(
        "update flash_job set lease_until = now() - interval '1 second' where id = '%s'"
            .formatted(job));
  }

  private void loseWriting(String job) {
    loseLease(job);
    Farm.eventually("it is lost", () -> flashes.state(job) == FlashState.NEEDS_CHECK);
  }

  private Held claimAgain() {
    String nonce = TestWorker.nonce();
    Farm.eventually("it may be claimed again", () -> agent.claim(nonce).isPresent());
    return agent.claim(nonce).orElseThrow();
  }
}
