package dev.wrtfarm.api.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.FlashFarm;
import dev.wrtfarm.api.TestAgent;
import dev.wrtfarm.api.TestAgent.Held;
import dev.wrtfarm.common.agent.TransitionReply;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.common.rest.CardView;
import dev.wrtfarm.common.rest.FlashView;
import dev.wrtfarm.common.rest.RecheckFlash;
import dev.wrtfarm.common.value.Sha256;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Flash jobs go a year after their end, but for what says which image is on which card. */
@QuarkusTest
@SuppressWarnings("NullAway.Init") // Quarkus sets the field.
class FlashRetentionTest extends FarmTest {
  @Inject Retention retention;

  /** Of the last line of the agent's journal. */
  private String last = "0".repeat(64);

  private int lines;

  @BeforeEach
  void present() {
    agent.present();
  }

  @Test
  void a_job_that_wrote_nothing_goes_when_its_time_is_over() {
    String cancelled = flashes.submit("lab1", "a").id();
    agent.planned(agent.claim());
    flashes.cancel(cancelled);
    String refused = flashes.submit("lab1", "a").id();
    flashes.confirmed(agent, refused);
    agent.end(agent.claim(), FlashState.FAILED, TestAgent.report(Verdict.REFUSED, false), null);
    String waiting = flashes.submit("lab1", "a").id();

    age("364 days");
    retention.clear();
    assertThat(jobs()).isEqualTo(3);
    age("2 days");
    retention.clear();
    flashes.get("/api/v2/flash-jobs/" + cancelled).problem(ProblemType.NOT_FOUND);
    flashes.get("/api/v2/flash-jobs/" + refused).problem(ProblemType.NOT_FOUND);
    assertThat(flashes.state(waiting)).as("it has not ended").isEqualTo(FlashState.REQUESTED);
  }

  @Test
  void the_last_good_flash_of_a_card_stays_and_those_before_it_go() {
    FlashView first = passed();
    FlashView lost = failed();
    age("1000 days");
    retention.clear();
    assertThat(jobs()).as("nothing good came after them").isEqualTo(2);

    FlashView second = passed();
    age("1000 days");
    CardView before = card();
    retention.clear();
    assertThat(flashes.state(second.id())).isEqualTo(FlashState.PASSED);
    flashes.get("/api/v2/flash-jobs/" + first.id()).problem(ProblemType.NOT_FOUND);
    flashes.get("/api/v2/flash-jobs/" + lost.id()).problem(ProblemType.NOT_FOUND);
    assertThat(card().imageSha256()).isEqualTo(FlashFarm.IMAGE);
    assertThat(card().since()).isEqualTo(before.since());
    assertThat(value("select count(*) from lab_journal")).as("the copy stays").isEqualTo("6");
  }

  @Test
  void a_doubt_about_the_last_good_flash_stays() {
    FlashView passed = passed();
    String good = recheck(passed, Verdict.PASSED);
    String decayed = recheck(passed, Verdict.DATA_LOST);
    age("1000 days");
    retention.clear();
    flashes.get("/api/v2/flash-jobs/" + good).problem(ProblemType.NOT_FOUND);
    assertThat(flashes.state(decayed)).isEqualTo(FlashState.FAILED);
    assertThat(flashes.state(passed.id())).isEqualTo(FlashState.PASSED);
    assertThat(card().imageSha256()).isNull();

    passed();
    age("1000 days");
    retention.clear();
    assertThat(jobs()).as("first the reading, then the flash that it read").isEqualTo(1);
    assertThat(card().imageSha256()).isEqualTo(FlashFarm.IMAGE);
  }

  @Test
  void what_the_journal_tells_of_a_deleted_job_never_counts_as_a_newer_run() {
    FlashView first = flashes.passed(agent, "a");
    FlashView second = passed();
    age("1000 days");
    retention.clear();
    assertThat(jobs()).as("the journal has not told of the first").isEqualTo(2);
    told(first, Verdict.GHOST_WRITE);
    assertThat(card().imageSha256()).as("the farm knows better").isEqualTo(FlashFarm.IMAGE);
    retention.clear();
    assertThat(jobs()).isEqualTo(1);
    assertThat(card().since()).isEqualTo(flashes.job(second.id()).ended());
  }

  @Test
  void a_renamed_host_that_tells_its_runs_again_makes_none_newer() {
    passed();
    FlashView second = passed();
    sql(
        """
        insert into journal_run
          (host_id, job, kind, card_id, image_name, image_sha256, ended_at, verdict, wrote)
        select 'lab1-renamed', job, kind, card_id, image_name, image_sha256, ended_at, verdict, wrote
        from journal_run where job <> '%s'
        """
            .formatted(second.id()));
    age("1000 days");
    retention.clear();
    assertThat(jobs()).isEqualTo(1);
    assertThat(value("select job_id from card_image")).isEqualTo(second.id());
  }

  @Test
  void a_run_that_a_restored_database_has_forgotten_stays_known() {
    passed();
    FlashView forgotten = flashes.submit("lab1", "a");
    flashes.confirmed(agent, forgotten.id());
    told(forgotten, Verdict.PASSED);
    flashes.cancel(forgotten.id());
    age("1000 days");
    retention.clear();
    assertThat(flashes.state(forgotten.id())).isEqualTo(FlashState.CANCELLED);
    assertThat(value("select job_id from card_image")).isEqualTo(forgotten.id());

    FlashView next = passed();
    age("1000 days");
    retention.clear();
    assertThat(jobs()).as("something good came after it").isEqualTo(1);
    assertThat(value("select job_id from card_image")).isEqualTo(next.id());
  }

  @Test
  void a_used_token_is_enough_to_know_that_a_card_was_written_to() {
    FlashView forgotten = flashes.submit("lab1", "a");
    flashes.confirmed(agent, forgotten.id());
    FlashReport refused = TestAgent.report(Verdict.REFUSED, false);
    agent.end(agent.claim(), FlashState.FAILED, refused, RefusalReason.TOKEN_USED);
    sql("update flash_job set card_id = null"); // As if the slot had been empty.
    told(forgotten, Verdict.PASSED);
    age("1000 days");
    retention.clear();
    assertThat(value("select job_id from card_image")).isEqualTo(forgotten.id());

    passed();
    age("1000 days");
    retention.clear();
    assertThat(jobs()).isEqualTo(1);
  }

  @Test
  void a_job_stays_as_long_as_a_key_for_it_counts() {
    String job =
        flashes.submit(FlashFarm.wish("lab1", "a"), "one-key").as(202, FlashView[].class)[0].id();
    flashes.cancel(job);
    age("1000 days");
    sql("update idempotency_key set created_at = now() - interval '23 hours'");
    retention.clear();
    assertThat(flashes.state(job)).isEqualTo(FlashState.CANCELLED);
    sql("update idempotency_key set created_at = now() - interval '25 hours'");
    retention.clear();
    assertThat(jobs()).isZero();
    assertThat(value("select count(*) from idempotency_key")).isEqualTo("0");
  }

  @Test
  void a_job_that_somebody_is_just_at_is_passed_over() throws SQLException {
    flashes.cancel(flashes.submit("lab1", "a").id());
    age("1000 days");
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select 1 from flash_job for update");
      retention.clear();
      assertThat(jobs()).isEqualTo(1);
      connection.rollback();
    }
    retention.clear();
    assertThat(jobs()).isZero();
  }

  /** The agent's journal tells of it too. */
  private FlashView passed() {
    FlashView job = flashes.passed(agent, "a");
    told(job, Verdict.PASSED);
    return job;
  }

  private FlashView failed() {
    FlashView job = flashes.submit("lab1", "a");
    agent.ended(flashes.writing(agent, job.id()), Verdict.DATA_LOST);
    told(job, Verdict.DATA_LOST);
    return job;
  }

  private void told(FlashView job, Verdict verdict) {
    List<String> run = agent.run(lines, last, job.id(), "a", verdict);
    agent.journal(lines + 1, run.toArray(String[]::new));
    lines += run.size();
    last = Sha256.of(run.getLast()).hex();
  }

  private String recheck(FlashView earlier, Verdict verdict) {
    FlashView job =
        flashes
            .post("/" + earlier.id() + "/recheck", new RecheckFlash(null))
            .as(202, FlashView.class);
    Held planning = agent.claim();
    agent
        .tellPlan(planning, FlashState.CONFIRMED, agent.plan(planning, agent.cid("a")))
        .as(200, TransitionReply.class);
    Held held = agent.claim();
    agent.told(held, FlashState.VERIFYING);
    FlashState to = verdict.isGood() ? FlashState.PASSED : FlashState.FAILED;
    agent.end(held, to, TestAgent.report(verdict, false), null).as(200, TransitionReply.class);
    return job.id();
  }

  /** Everything that has happened did so much earlier. */
  private void age(String by) {
    sql(
        """
        update flash_job set started_at = started_at - interval '%1$s',
          ended_at = ended_at - interval '%1$s'
        """
            .formatted(by));
    sql("update journal_run set told_at = told_at - interval '%s'".formatted(by));
  }

  private int jobs() {
    return Integer.parseInt(value("select count(*) from flash_job"));
  }

  private CardView card() {
    return flashes.get("/api/v2/cards/cid:" + agent.cid("a")).as(200, CardView.class);
  }
}
