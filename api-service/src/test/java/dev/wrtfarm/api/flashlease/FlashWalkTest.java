package dev.wrtfarm.api.flashlease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.Answer;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.TestAgent;
import dev.wrtfarm.api.TestAgent.Held;
import dev.wrtfarm.api.TestWorker;
import dev.wrtfarm.common.agent.FlashWork;
import dev.wrtfarm.common.agent.TransitionReply;
import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.common.rest.FlashView;
import dev.wrtfarm.common.rest.ResolveFlash;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Agents, zombies of agents, impatient people and a reaper do anything to a few slots, in an order
 * that nobody thought of. Whatever they do, the farm gives its word to write once for a job, never
 * for two jobs of one slot at a time, and what has ended stays as it ended.
 */
@QuarkusTest
class FlashWalkTest extends FarmTest {
  private static final int STEPS = 250;
  private static final List<String> SLOTS = List.of("a", "b");
  private static final List<FlashState> TOLD =
      List.of(FlashState.WRITING, FlashState.VERIFYING, FlashState.REQUESTED, FlashState.PLANNED);

  /** Every lease that was ever given; most of them are lost by now. */
  private final List<Held> leases = new ArrayList<>();

  private final List<String> jobs = new ArrayList<>();

  /** The fence under which a job got the word. */
  private final Map<String, Long> words = new HashMap<>();

  private final Map<String, FlashState> ends = new HashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 20_261_123})
  void the_word_is_given_once_and_ends_stay(long seed) {
    Random random = new Random(seed);
    agent.present();
    for (int step = 0; step < STEPS; step++) {
      step(random);
      check("seed %d, step %d".formatted(seed, step));
    }
    assertThat(words).as("the walk went somewhere").isNotEmpty();
    assertThat(ends).isNotEmpty();
  }

  private void step(Random random) {
    switch (random.nextInt(16)) {
      case 0 -> submit(random);
      case 1, 2, 3 -> claim(random);
      case 4, 5 -> newest(random, this::plan);
      case 6, 7, 8 -> confirm(random);
      case 9, 10 -> newest(random, held -> tell(held, FlashState.WRITING));
      case 11 -> newest(random, held -> end(held, random));
      case 12 -> any(random, held -> tell(held, TOLD.get(random.nextInt(TOLD.size()))));
      case 13 -> any(random, held -> end(held, random));
      case 14 -> disturb(random);
      default -> decide(random);
    }
  }

  private void submit(Random random) {
    if (jobs.size() - ends.size() < 8) {
      jobs.add(flashes.submit("lab1", SLOTS.get(random.nextInt(SLOTS.size()))).id());
    }
  }

  private void claim(Random random) {
    if (jobs.isEmpty()) {
      submit(random);
    }
    String nonce = TestWorker.nonce();
    Answer answer = sane(agent.ask(nonce, 0));
    if (answer.status() == 200) {
      leases.add(new Held(answer.as(200, FlashWork.class), nonce));
    }
  }

  private interface Act {
    void with(Held held);
  }

  /** One of the last few leases: likely to be good. */
  private void newest(Random random, Act act) {
    if (!leases.isEmpty()) {
      int from = Math.max(0, leases.size() - 3);
      act.with(leases.get(from + random.nextInt(leases.size() - from)));
    }
  }

  private void any(Random random, Act act) {
    if (!leases.isEmpty()) {
      act.with(leases.get(random.nextInt(leases.size())));
    }
  }

  private void plan(Held held) {
    FlashPlan plan = agent.plan(held, agent.cid(held.work().slot()));
    sane(agent.tellPlan(held, FlashState.PLANNED, plan));
  }

  private void confirm(Random random) {
    String job = jobs.isEmpty() ? "" : jobs.get(random.nextInt(jobs.size()));
    for (FlashView view : planned(job)) {
      FlashPlan plan = view.plan();
      if (plan != null) {
        sane(flashes.confirm(view.id(), view.slot(), plan.token()));
      }
    }
  }

  /** That one, or else whatever waits for somebody. */
  private List<FlashView> planned(String job) {
    FlashView[] waiting =
        flashes.get("/api/v2/flash-jobs?state=PLANNED").as(200, FlashView[].class);
    return List.of(waiting).stream()
        .filter(each -> waiting.length == 1 || each.id().equals(job))
        .toList();
  }

  private void tell(Held held, FlashState to) {
    Answer answer = sane(agent.tell(held, to));
    boolean word =
        to == FlashState.WRITING
            && answer.status() == 200
            && answer.as(200, TransitionReply.class).state() == FlashState.WRITING;
    if (word) {
      Long before = words.putIfAbsent(held.job(), held.work().fence());
      assertThat(before == null ? held.work().fence() : before)
          .as("the word for %s is given under one lease only", held.job())
          .isEqualTo(held.work().fence());
    }
  }

  private void end(Held held, Random random) {
    Verdict verdict = random.nextBoolean() ? Verdict.PASSED : Verdict.DATA_LOST;
    FlashState to = verdict.isGood() ? FlashState.PASSED : FlashState.FAILED;
    sane(agent.end(held, to, TestAgent.report(verdict, true), null));
  }

  /** Time passes for somebody. */
  private void disturb(Random random) {
    sql(
        random.nextInt(4) == 0
            ? "update flash_job set plan_until = now() - interval '1 second' where state = 'PLANNED'"
            : "update flash_job set lease_until = now() - interval '1 second'"
                + " where lease_until is not null");
  }

  private void decide(Random random) {
    if (jobs.isEmpty()) {
      return;
    }
    String job = jobs.get(random.nextInt(jobs.size()));
    if (random.nextBoolean()) {
      sane(flashes.cancel(job));
    } else {
      agent.present();
      for (FlashView lost :
          flashes.get("/api/v2/flash-jobs?state=NEEDS_CHECK").as(200, FlashView[].class)) {
        sane(flashes.post("/" + lost.id() + "/resolve", new ResolveFlash("failed", null)));
      }
    }
  }

  /** It may be refused; it may not break anything. */
  private static Answer sane(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isIn(200, 202, 204, 400, 409);
    return answer;
  }

  private void check(String where) {
    assertThat(
            value(
                """
                select count(*) from (
                  select 1 from flash_job
                  where state in ('PLANNED', 'CONFIRMED', 'WRITING', 'VERIFYING', 'NEEDS_CHECK')
                  group by host_id, slot having count(*) > 1) twice
                """))
        .as(where)
        .isEqualTo("0");
    for (FlashView view : flashes.get("/api/v2/flash-jobs?limit=200").as(200, FlashView[].class)) {
      FlashState before = ends.get(view.id());
      if (before != null) {
        assertThat(view.state()).as("%s: %s has ended", where, view.id()).isEqualTo(before);
      } else if (view.state().isEnded()) {
        ends.put(view.id(), view.state());
      }
      if (view.started() != null) {
        assertThat(words)
            .as("%s: %s was begun by the word alone", where, view.id())
            .containsKey(view.id());
      }
    }
  }
}
