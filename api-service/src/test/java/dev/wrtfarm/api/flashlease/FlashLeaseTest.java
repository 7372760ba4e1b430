package dev.wrtfarm.api.flashlease;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.Answer;
import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.TestAgent;
import dev.wrtfarm.api.TestAgent.Held;
import dev.wrtfarm.api.TestWorker;
import dev.wrtfarm.common.agent.FlashWork;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Agents that fall silent, repeat themselves, come late, or come back from the dead. */
@QuarkusTest
class FlashLeaseTest extends FarmTest {

  @BeforeEach
  void present() {
    agent.present();
  }

  @Test
  void the_same_nonce_gets_the_same_work_however_often_it_is_asked_at_once() throws Exception {
    flashes.submit("lab1", "a");
    flashes.submit("lab1", "b");
    String nonce = TestWorker.nonce();
    List<Optional<Held>> claims = Farm.atOnce(8, () -> agent.claim(nonce));
    assertThat(claims.stream().map(each -> each.orElseThrow().job()).distinct()).hasSize(1);
    assertThat(value("select count(*) from flash_job where lease_until is not null"))
        .isEqualTo("1");
    assertThat(value("select row_to_json(j) from flash_job j where lease_until is not null"))
        .doesNotContain(nonce);
  }

  @Test
  void claims_at_once_never_pass_over_the_first_in_a_slots_line() throws Exception {
    for (int i = 0; i < 5; i++) {
      flashes.submit("lab1", "a");
    }
    String first = value("select id from flash_job order by seq limit 1");
    List<Optional<Held>> claims = Farm.atOnce(8, () -> agent.claim(TestWorker.nonce()));
    Set<String> jobs =
        claims.stream().flatMap(Optional::stream).map(Held::job).collect(Collectors.toSet());
    assertThat(jobs).containsExactly(first);
    assertThat(claims.stream().filter(Optional::isPresent)).hasSize(1);
  }

  @Test
  void an_agent_gets_work_for_its_own_free_slots_only() {
    flashes.submit("lab1", "a");
    assertThat(flashes.agent("lab2", "a").claim(TestWorker.nonce())).isEmpty();
    assertThat(agent.claim(TestWorker.nonce(), "b")).isEmpty();
    assertThat(agent.claim(TestWorker.nonce(), "b", "a")).isPresent();
  }

  @Test
  void the_same_change_again_gets_the_same_answer() {
    String job = flashes.submit("lab1", "a").id();
    Held planning = agent.claim();
    FlashPlan plan = agent.planned(planning);
    assertThat(state(agent.tellPlan(planning, FlashState.PLANNED, plan)))
        .isEqualTo(FlashState.PLANNED);
    flashes.confirm(job, "a", plan.token());
    assertThat(state(agent.tellPlan(planning, FlashState.PLANNED, plan)))
        .as("confirmed meanwhile")
        .isEqualTo(FlashState.CONFIRMED);
    Held held = agent.claim();
    agent.told(held, FlashState.WRITING);
    assertThat(agent.told(held, FlashState.WRITING)).isEqualTo(FlashState.WRITING);
    agent.told(held, FlashState.VERIFYING);
    assertThat(agent.told(held, FlashState.VERIFYING)).isEqualTo(FlashState.VERIFYING);
    agent.ended(held, Verdict.PASSED);
    assertThat(agent.ended(held, Verdict.PASSED)).isEqualTo(FlashState.PASSED);
    agent
        .end(held, FlashState.FAILED, TestAgent.report(Verdict.DATA_LOST, true), null)
        .problem(ProblemType.LEASE_LOST);
    assertThat(flashes.state(job)).isEqualTo(FlashState.PASSED);
  }

  @Test
  void another_fence_or_secret_is_refused_everywhere() {
    flashes.submit("lab1", "a");
    Held held = agent.claim();
    FlashWork work = held.work();
    FlashWork otherFence =
        new FlashWork(
            work.job(),
            work.fence() + 1,
            work.step(),
            work.kind(),
            work.slot(),
            work.image(),
            work.options(),
            work.unattended(),
            work.token(),
            work.leaseSeconds());
    for (Held wrong :
        List.of(new Held(work, TestWorker.nonce()), new Held(otherFence, held.nonce()))) {
      agent.progress(wrong, "plan", 1).problem(ProblemType.LEASE_LOST);
      agent.tell(wrong, FlashState.REQUESTED).problem(ProblemType.LEASE_LOST);
      agent
          .tellPlan(wrong, FlashState.PLANNED, agent.plan(wrong, agent.cid("a")))
          .problem(ProblemType.LEASE_LOST);
    }
    assertThat(agent.progress(held, "plan", 1).status()).isEqualTo(200);
  }

  @Test
  void the_lease_of_the_plan_is_no_lease_to_write() {
    String job = flashes.submit("lab1", "a").id();
    Held planning = agent.claim();
    FlashPlan plan = agent.planned(planning);
    flashes.confirm(job, "a", plan.token());
    agent.tell(planning, FlashState.WRITING).problem(ProblemType.LEASE_LOST);
    assertThat(flashes.state(job)).isEqualTo(FlashState.CONFIRMED);
  }

  @Test
  void a_change_that_the_table_does_not_have_is_refused() {
    flashes.submit("lab1", "a");
    Held planning = agent.claim();
    agent.tell(planning, FlashState.WRITING).problem(ProblemType.STATE_REFUSED);
    agent.tell(planning, FlashState.VERIFYING).problem(ProblemType.STATE_REFUSED);
    agent.tell(planning, FlashState.CANCELLED).problem(ProblemType.INVALID_REQUEST);
    agent
        .end(planning, FlashState.PASSED, TestAgent.report(Verdict.PASSED, true), null)
        .problem(ProblemType.STATE_REFUSED);
    agent
        .end(planning, FlashState.PASSED, TestAgent.report(Verdict.GHOST_WRITE, true), null)
        .problem(ProblemType.INVALID_REQUEST);
  }

  @Test
  void a_plan_that_is_not_of_this_job_is_refused() {
    flashes.submit("lab1", "a");
    flashes.submit("lab1", "b");
    Held a = agent.claim();
    Held b = agent.claim();
    FlashPlan ofB = agent.plan(b, agent.cid("b"));
    assertThat(
            agent.tellPlan(a, FlashState.PLANNED, ofB).problem(ProblemType.INVALID_REQUEST).field())
        .isEqualTo("plan.slot");
    agent.tell(a, FlashState.PLANNED).problem(ProblemType.INVALID_REQUEST);
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
    assertThat(flashes.job(next).waiting()).contains(job, "NEEDS_CHECK");
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

  @Test
  void a_wish_of_yesterday_is_not_done_today() {
    String job = flashes.submit("lab1", "a").id();
    sql("update flash_job set created_at = now() - interval '25 hours'");
    Farm.eventually("it expires", () -> flashes.state(job) == FlashState.EXPIRED);
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

  @Test
  void a_claim_waits_until_there_is_work() throws Exception {
    String nonce = TestWorker.nonce();
    var waiting = CompletableFuture.supplyAsync(() -> agent.ask(nonce, 30, "a"));
    String job = flashes.submit("lab1", "a").id();
    Answer answer = waiting.get(60, TimeUnit.SECONDS);
    assertThat(answer.as(200, FlashWork.class).job()).isEqualTo(job);
  }

  @Test
  void agents_that_wait_hold_no_connection_of_the_database() {
    // Of a host of their own: some may wait on here when this test is over.
    TestAgent waiter = flashes.agent("lab9", "a");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> waiting =
          Stream.generate(() -> threads.submit(() -> waiter.ask(TestWorker.nonce(), 30, "a")))
              .limit(60)
              .toList();
      // The pool has 20. If each of the sixty held one, there would be none that does nothing.
      Farm.eventually("nobody is in a transaction", () -> inTransaction().equals("0"));
      assertThat(waiting).noneMatch(Future::isDone);
      threads.shutdownNow();
    }
  }

  private String inTransaction() {
    return value(
        """
        select count(*) from pg_stat_activity
        where datname = current_database() and state like 'idle in transaction%'
        """);
  }

  @Test
  void a_claim_that_is_not_one_is_refused() {
    agent.ask("short", 0).problem(ProblemType.INVALID_REQUEST);
    assertThat(agent.ask(TestWorker.nonce(), 31).problem(ProblemType.INVALID_REQUEST).field())
        .isEqualTo("waitSeconds");
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

  private void makeOld(String job) {
    sql(
        "update flash_job set plan_until = now() - interval '1 second' where id = '%s'"
            .formatted(job));
  }
}
