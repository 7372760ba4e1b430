package dev.wrtfarm.api.flash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashState;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each change from each state, on the database, against the table in the documents. */
@QuarkusTest
@SuppressWarnings("NullAway.Init")
class FlashStatesTest extends FarmTest {
  @Inject FlashJobs jobs;
  @Inject FlashStates states;

  private record Start(FlashState state, FlashKind kind) {}

  private static List<Start> starts() {
    return Stream.of(FlashState.values())
        .flatMap(state -> Stream.of(FlashKind.values()).map(kind -> new Start(state, kind)))
        .toList();
  }

  private static boolean isDocumented(FlashTransition change, Start start) {
    boolean inRow =
        FlashStateTable.documented().stream()
            .anyMatch(row -> row.transition() == change && row.from().contains(start.state()));
    return switch (change) {
      case WRITE -> inRow && start.kind() == FlashKind.FLASH;
      case VERIFY ->
          inRow && (start.state() == FlashState.WRITING || start.kind() == FlashKind.VERIFY);
      default -> inRow;
    };
  }

  @ParameterizedTest
  @EnumSource(FlashTransition.class)
  void a_change_happens_exactly_where_the_table_has_it(FlashTransition change) {
    for (Start start : starts()) {
      String id = jobIn(start);
      String before = contents(id);
      if (isDocumented(change, start)) {
        change(change, id);
        check(change, start);
      } else {
        assertThatThrownBy(() -> change(change, id)).hasMessageContaining("impossible");
        assertThat(contents(id)).as("%s", start).isEqualTo(before);
      }
    }
  }

  private void check(FlashTransition change, Start start) {
    assertThat(value("select state from flash_job")).as("%s", start).isEqualTo(change.to().name());
    assertThat(value("select fence from flash_job"))
        .as("%s", start)
        .isEqualTo(change.raisesFence() ? "8" : "7");
    assertThat(value("select ended_at is not null from flash_job"))
        .as("%s", start)
        .isEqualTo(String.valueOf(change.to().isEnded()));
    boolean keepsSecret = !change.raisesFence() || change.isClaim();
    assertThat(value("select secret_sha256 is not null from flash_job"))
        .as("%s: without a secret no call of an agent counts", start)
        .isEqualTo(String.valueOf(keepsSecret));
  }

  @ParameterizedTest
  @EnumSource(FlashTransition.class)
  void a_change_from_what_is_not_so_any_more_is_refused(FlashTransition change) {
    for (Start start : starts()) {
      String id = jobIn(start);
      FlashJob seen = QuarkusTransaction.requiringNew().call(() -> jobs.findById(id));
      sql("update flash_job set fence = fence + 1");
      String before = contents(id);
      assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> change(change, seen)))
          .hasMessageContaining("impossible");
      assertThat(contents(id)).as("%s", start).isEqualTo(before);
    }
  }

  private void change(FlashTransition change, String id) {
    QuarkusTransaction.requiringNew().run(() -> change(change, jobs.lock(id).orElseThrow()));
  }

  /** With what the schema asks of each state. */
  private void change(FlashTransition change, FlashJob job) {
    String set =
        switch (change) {
          case PLAN, PLAN_UNATTENDED ->
              ", plan = '{}', token = 't', plan_until = now(), card_id = 'cid:1'";
          case WRITE, VERIFY -> ", started_at = now()";
          case LOSE, CUT_OFF -> ", lost_at = now()";
          default -> "";
        };
    states.change(change, job, set, Map.of());
  }

  private String contents(String id) {
    return value("select to_jsonb(j) from flash_job j where id = '%s'".formatted(id));
  }

  /** A job that came into this state, its fence at 7; far in the future whatever could run out. */
  private String jobIn(Start start) {
    sql("delete from flash_job");
    sql(
        """
        insert into flash_job (id, batch, tenant, kind, state, host_id, slot, image_url, image_name,
          image_sha256, options, unattended, fence, secret_sha256, lease_until, plan, token,
          plan_until, card_id, started_at, lost_at, ended_at)
        values ('f-1', 'fb-1', 'local', '%s', '%s', 'lab1', 'a', 'http://x/y', 'y', '%s', '{}',
          false, 7, 'hash', now() + interval '1 hour', '{}', 't', now() + interval '1 hour',
          'cid:1', now(), now(), case when %s then now() end)
        """
            .formatted(start.kind(), start.state(), "0".repeat(64), start.state().isEnded()));
    return "f-1";
  }
}
