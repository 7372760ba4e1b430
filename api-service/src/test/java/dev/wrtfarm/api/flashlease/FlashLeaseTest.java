package dev.wrtfarm.api.flashlease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.Answer;
import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.TestAgent;
import dev.wrtfarm.api.TestAgent.Held;
import dev.wrtfarm.api.TestWorker;
import dev.wrtfarm.common.agent.FlashWork;
import dev.wrtfarm.common.agent.TransitionReply;
import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.common.problem.ProblemType;
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

/** Claims, and what the lease of one allows: agents that repeat themselves, or wait. */
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
}
