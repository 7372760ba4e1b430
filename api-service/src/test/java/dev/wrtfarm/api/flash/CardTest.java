package dev.wrtfarm.api.flash;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.FlashFarm;
import dev.wrtfarm.api.TestAgent;
import dev.wrtfarm.api.TestAgent.Held;
import dev.wrtfarm.api.TestWorker;
import dev.wrtfarm.common.agent.Inventory.CardReport;
import dev.wrtfarm.common.agent.Inventory.SlotReport;
import dev.wrtfarm.common.agent.TransitionReply;
import dev.wrtfarm.common.flash.CardState;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.common.rest.CardView;
import dev.wrtfarm.common.rest.FlashView;
import dev.wrtfarm.common.rest.RecheckFlash;
import dev.wrtfarm.common.value.Sha256;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the farm knows of cards, and what it lets be done with them unattended. */
@QuarkusTest
class CardTest extends FarmTest {
  private static final String NOTHING = "0".repeat(64);

  @BeforeEach
  void present() {
    agent.present();
  }

  @Test
  void a_passed_flash_is_what_is_on_its_card_until_something_else_may_be() {
    FlashView passed = flashes.passed(agent, "a");
    CardView card = card("a");
    assertThat(card.imageSha256()).isEqualTo(FlashFarm.IMAGE);
    assertThat(card.imageName()).isEqualTo("openwrt.img.gz");
    assertThat(card.since()).isEqualTo(passed.ended());
    assertThat(card.jobs()).extracting(FlashView::id).containsExactly(passed.id());
    assertThat(flashes.get("/api/v2/cards").as(200, CardView[].class))
        .as("one query for all of them")
        .anyMatch(each -> FlashFarm.IMAGE.equals(each.imageSha256()));

    String refused = flashes.submit("lab1", "a").id();
    flashes.confirmed(agent, refused);
    agent.end(agent.claim(), FlashState.FAILED, TestAgent.report(Verdict.REFUSED, false), null);
    assertThat(card("a").imageSha256()).as("nothing was written").isEqualTo(FlashFarm.IMAGE);

    String failed = flashes.submit("lab1", "a").id();
    Held held = flashes.writing(agent, failed);
    assertThat(card("a").imageSha256()).as("it is being written").isNull();
    agent.ended(held, Verdict.DATA_LOST);
    assertThat(card("a").imageSha256()).isNull();
    assertThat(card("a").jobs()).hasSize(3);
  }

  @Test
  void a_part_that_was_read_is_not_the_whole() {
    String job = flashes.submit("lab1", "a").id();
    Held held = flashes.writing(agent, job);
    agent.told(held, FlashState.VERIFYING);
    agent.ended(held, Verdict.PARTIAL);
    assertThat(flashes.state(job)).isEqualTo(FlashState.PASSED);
    assertThat(card("a").imageSha256()).isNull();
  }

  @Test
  void a_card_is_read_again_without_being_written_and_decay_shows() {
    FlashView passed = flashes.passed(agent, "a");
    FlashView again = recheck(passed.id());
    assertThat(again.kind()).isEqualTo(FlashKind.VERIFY);
    assertThat(again.imageSha256()).isEqualTo(passed.imageSha256());
    Held held = claimUnattended();
    agent.tell(held, FlashState.WRITING).problem(ProblemType.STATE_REFUSED);
    assertThat(agent.told(held, FlashState.VERIFYING)).isEqualTo(FlashState.VERIFYING);
    agent.end(held, FlashState.PASSED, TestAgent.report(Verdict.PASSED, false), null);
    assertThat(card("a").since()).as("the flash is what put it there").isEqualTo(passed.ended());

    recheck(passed.id());
    Held decayed = claimUnattended();
    agent.told(decayed, FlashState.VERIFYING);
    agent.end(decayed, FlashState.FAILED, TestAgent.report(Verdict.DATA_LOST, false), null);
    FlashView found = flashes.job(decayed.job());
    assertThat(found.unusable()).as("a reading makes no card unusable").isFalse();
    assertThat(card("a").imageSha256()).isNull();
  }

  @Test
  void another_card_in_the_slot_is_not_the_one_to_read_again() {
    FlashView passed = flashes.passed(agent, "a");
    FlashView again = recheck(passed.id());
    Held held = agent.claim();
    TransitionReply reply =
        agent
            .tellPlan(held, FlashState.PLANNED, agent.plan(held, "ffff"))
            .as(200, TransitionReply.class);
    assertThat(reply.state()).isEqualTo(FlashState.FAILED);
    assertThat(flashes.job(again.id()).reason()).contains("cid:ffff", passed.id());
    flashes
        .post("/" + again.id() + "/recheck", new RecheckFlash(null))
        .problem(ProblemType.STATE_REFUSED);
  }

  @Test
  void a_card_that_another_job_holds_is_not_planned_in_another_slot() {
    String first = flashes.submit("lab1", "a").id();
    agent.planned(agent.claim());
    String second = flashes.submit("lab1", "b").id();
    Held held = agent.claim();
    assertThat(held.job()).isEqualTo(second);
    TransitionReply reply =
        agent
            .tellPlan(held, FlashState.PLANNED, agent.plan(held, agent.cid("a")))
            .as(200, TransitionReply.class);
    assertThat(reply.state()).isEqualTo(FlashState.FAILED);
    assertThat(flashes.job(second).reason()).contains(first, "PLANNED", "slot a");
    assertThat(agent.tellPlan(held, FlashState.PLANNED, agent.plan(held, "1")).status())
        .isEqualTo(409);
  }

  @Test
  void a_qualified_card_in_a_slot_that_allows_it_goes_unattended() {
    FlashView job = flashes.submit(FlashFarm.unattended(FlashFarm.wish("lab1", "a"))).getFirst();
    Held held = claimUnattended();
    assertThat(held.job()).isEqualTo(job.id());
    assertThat(agent.told(held, FlashState.WRITING)).isEqualTo(FlashState.WRITING);
  }

  @Test
  void where_farm_and_agent_disagree_about_a_card_a_person_is_asked() {
    for (SlotReport doubtful :
        List.of(
            slot(true, CardState.SUSPECT),
            slot(true, CardState.NEW),
            slot(false, CardState.QUALIFIED))) {
      agent.inventory(List.of(), List.of(doubtful));
      FlashView job = flashes.submit(FlashFarm.unattended(FlashFarm.wish("lab1", "a"))).getFirst();
      assertThat(planUnattended().state()).isEqualTo(FlashState.PLANNED);
      flashes.cancel(job.id());
    }
    agent.present();
    flashes.submit("lab1", "a");
    assertThat(planUnattended().state())
        .as("nobody wished for it to go unattended")
        .isEqualTo(FlashState.PLANNED);
  }

  @Test
  void a_card_without_an_identity_is_known_by_host_and_port() {
    SlotReport told = agent.ready("a", "");
    String port = "port:file:/var/lib/card.img:" + TestAgent.CARD_SIZE;
    agent.inventory(
        List.of(),
        List.of(
            new SlotReport(
                "a",
                told.port(),
                told.state(),
                true,
                100,
                told.device(),
                new CardReport(port, null, CardState.NEW, 100),
                null,
                null)));
    String id = "lab1:" + port;
    assertThat(flashes.get("/api/v2/cards/" + id).as(200, CardView.class).id()).isEqualTo(id);
    String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8);
    assertThat(flashes.get("/api/v2/cards/" + encoded).as(200, CardView.class).id()).isEqualTo(id);
    flashes.get("/api/v2/cards/cid:none").problem(ProblemType.NOT_FOUND);
  }

  @Test
  void a_run_without_the_farm_counts_when_the_journal_tells_of_it() {
    flashes.passed(agent, "a");
    List<String> good = agent.run(0, NOTHING, "local-1", "a", Verdict.PASSED);
    agent.journal(1, good.getFirst());
    assertThat(card("a").imageName()).as("its end was not told yet").isNull();
    agent.journal(2, good.getLast());
    assertThat(card("a").imageName()).isEqualTo("local.img");
    assertThat(card("a").since()).isEqualTo(Instant.parse("2026-11-23T12:00:00Z"));
    String last = Sha256.of(good.getLast()).hex();
    List<String> bad = agent.run(2, last, "local-2", "a", Verdict.GHOST_WRITE);
    agent.journal(3, bad.toArray(String[]::new));
    assertThat(card("a").imageName()).isNull();
    flashes.passed(agent, "a");
    assertThat(card("a").imageName()).isEqualTo("openwrt.img.gz");
  }

  @Test
  void a_run_that_the_farm_knows_itself_counts_once() {
    FlashView failed = flashes.submit("lab1", "a");
    agent.ended(flashes.writing(agent, failed.id()), Verdict.DATA_LOST);
    agent.journal(
        1, agent.run(0, NOTHING, failed.id(), "a", Verdict.PASSED).toArray(String[]::new));
    assertThat(card("a").imageName()).isNull();
  }

  @Test
  void a_line_that_tells_nonsense_of_a_run_is_kept_and_tells_nothing() {
    String nonsense =
        "{\"n\":1,\"kind\":\"intent\",\"body\":{\"job\":\"x\",\"device\":{},\"image\":[]},"
            + "\"prev\":\"%s\",\"mac\":\"00\"}".formatted(NOTHING);
    assertThat(agent.journal(1, nonsense).journalNext()).isEqualTo(2);
    assertThat(value("select count(*) from journal_run")).isEqualTo("0");
  }

  private SlotReport slot(boolean unattended, CardState state) {
    SlotReport ready = agent.ready("a", agent.cid("a"));
    CardReport card = requireNonNull(ready.card());
    return new SlotReport(
        "a",
        ready.port(),
        ready.state(),
        unattended,
        100,
        ready.device(),
        new CardReport(card.id(), null, state, 100),
        null,
        null);
  }

  private FlashView recheck(String job) {
    return flashes.post("/" + job + "/recheck", new RecheckFlash(null)).as(202, FlashView.class);
  }

  private TransitionReply planUnattended() {
    Held held = agent.claim();
    FlashPlan plan = agent.plan(held, agent.cid("a"));
    return agent.tellPlan(held, FlashState.CONFIRMED, plan).as(200, TransitionReply.class);
  }

  private Held claimUnattended() {
    assertThat(planUnattended().state()).isEqualTo(FlashState.CONFIRMED);
    return agent.claim(TestWorker.nonce()).orElseThrow();
  }

  private CardView card(String slot) {
    return flashes.get("/api/v2/cards/cid:" + agent.cid(slot)).as(200, CardView.class);
  }
}
