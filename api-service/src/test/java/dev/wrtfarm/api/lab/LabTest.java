package dev.wrtfarm.api.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.TestAgent;
import dev.wrtfarm.common.agent.Inventory;
import dev.wrtfarm.common.agent.Inventory.SlotReport;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.common.rest.CardView;
import dev.wrtfarm.common.rest.HostView;
import dev.wrtfarm.common.rest.JournalView;
import dev.wrtfarm.common.rest.JournalView.JournalBreak;
import dev.wrtfarm.common.value.Sha256;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What agents tell of themselves. */
@QuarkusTest
class LabTest extends FarmTest {
  private static final String NOTHING = "0".repeat(64);

  @Test
  void the_newest_inventory_of_a_host_is_what_it_has() {
    agent.present();
    SlotReport refused =
        new SlotReport(
            "b",
            "port-b",
            "refused",
            false,
            80,
            TestAgent.device("b", null),
            null,
            RefusalReason.MOUNTED,
            "/dev/sdx1 is mounted on /mnt");
    agent.inventory(List.of(), List.of(refused));
    HostView host = flashes.get("/api/v2/hosts/lab1").as(200, HostView.class);
    assertThat(host.online()).isTrue();
    assertThat(host.slots()).containsExactly(refused);
    assertThat(flashes.get("/api/v2/hosts").as(200, HostView[].class)).containsExactly(host);
    assertThat(flashes.submit("lab1", "b").waiting()).contains("refused", "mounted on /mnt");
    flashes.get("/api/v2/hosts/lab2").problem(ProblemType.NOT_FOUND);
  }

  @Test
  void a_host_that_does_not_call_is_offline_and_its_jobs_say_so() {
    agent.present();
    String job = flashes.submit("lab1", "a").id();
    sql("update lab_host set seen_at = now() - interval '100 seconds'");
    assertThat(flashes.get("/api/v2/hosts/lab1").as(200, HostView.class).online()).isFalse();
    assertThat(flashes.job(job).waiting()).contains("lab1 is offline");
    agent.claim();
    agent.present();
    assertThat(flashes.get("/api/v2/hosts/lab1").as(200, HostView.class).online()).isTrue();
  }

  @Test
  void an_inventory_that_is_not_one_is_refused() {
    for (Inventory wrong :
        List.of(
            new Inventory("../lab", "1", "b", List.of(), List.of()),
            new Inventory(
                "lab1", "1", "b", List.of(agent.ready("a", "1"), agent.ready("a", "2")), List.of()),
            new Inventory(
                "lab1",
                "1",
                "b",
                List.of(new SlotReport("a", "p", "odd", false, 1, null, null, null, null)),
                List.of()))) {
      agent.post("inventory", wrong).problem(ProblemType.INVALID_REQUEST);
    }
    assertThat(value("select count(*) from lab_host")).isEqualTo("0");
  }

  @Test
  void a_card_that_shows_its_identity_is_the_same_at_another_host() {
    agent.inventory(List.of(), List.of(agent.ready("a", "0345")));
    TestAgent other = flashes.agent("lab2", "x");
    other.inventory(List.of(), List.of(other.ready("x", "0345")));
    CardView card = flashes.get("/api/v2/cards/cid:0345").as(200, CardView.class);
    assertThat(card.host()).isEqualTo("lab2");
    assertThat(card.slot()).isEqualTo("x");
    assertThat(flashes.get("/api/v2/cards").as(200, CardView[].class)).hasSize(1);
  }

  @Test
  void a_journal_is_copied_line_by_line_and_found_whole() {
    assertThat(agent.journal(1, lines(TestAgent.chain(0, NOTHING, 3))).journalNext()).isEqualTo(4);
    List<String> all = TestAgent.chain(0, NOTHING, 5);
    assertThat(agent.journal(3, lines(all.subList(2, 5))).journalNext())
        .as("the third came before, and is the same")
        .isEqualTo(6);
    JournalView journal = journal("");
    assertThat(journal.breaks()).isEmpty();
    assertThat(journal.lines()).isEqualTo(all);
    assertThat(journal("?from=4&limit=1").lines()).containsExactly(all.get(3));
    assertThat(agent.inventory(List.of(), List.of()).journalNext()).isEqualTo(6);
  }

  @Test
  void lines_that_never_came_are_named() {
    agent.journal(1, lines(TestAgent.chain(0, NOTHING, 2)));
    List<String> all = TestAgent.chain(0, NOTHING, 6);
    assertThat(agent.journal(5, lines(all.subList(4, 6))).journalNext()).isEqualTo(7);
    assertThat(journal("").breaks())
        .extracting(JournalBreak::kind, JournalBreak::message)
        .containsExactly(tuple("gap", "lines 3 to 4 never came"));
  }

  @Test
  void a_line_that_was_changed_or_does_not_follow_is_named_and_the_copy_stays() {
    List<String> all = TestAgent.chain(0, NOTHING, 3);
    agent.journal(1, lines(all));
    agent.journal(2, all.get(1).replace("started", "ended"));
    agent.journal(4, TestAgent.chain(3, Sha256.of("another").hex(), 1).getFirst(), "no line");
    JournalView journal = journal("");
    assertThat(journal.breaks())
        .extracting(each -> each.n() + " " + each.kind())
        .containsExactly("2 changed", "4 chain", "5 unreadable");
    assertThat(journal.lines().subList(0, 3)).isEqualTo(all);
    assertThat(journal.next()).isEqualTo(6);
  }

  @Test
  void a_journal_that_does_not_begin_at_its_beginning_is_named() {
    agent.journal(1, lines(TestAgent.chain(0, Sha256.of("before").hex(), 1)));
    assertThat(journal("").breaks()).extracting(JournalBreak::kind).containsExactly("chain");
  }

  private JournalView journal(String query) {
    return flashes.get("/api/v2/hosts/lab1/journal" + query).as(200, JournalView.class);
  }

  private static String[] lines(List<String> lines) {
    return lines.toArray(String[]::new);
  }
}
