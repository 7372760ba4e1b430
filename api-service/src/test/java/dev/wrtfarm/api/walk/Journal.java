package dev.wrtfarm.api.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.build.FailureReason;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Every change that builds went through, noted by the database itself, and replayed against a model
 * of a build that knows nothing of the code under test.
 */
final class Journal implements AutoCloseable {
  private static final String INSTALL =
      """
      create table walk_journal (
        seq bigserial primary key, build text, old_state text, new_state text, old_fence bigint,
        new_fence bigint, old_attempt int, new_attempt int, reason text);
      create function walk_note() returns trigger as $$ begin
        insert into walk_journal (build, old_state, new_state, old_fence, new_fence, old_attempt,
          new_attempt, reason)
        values (new.id, old.state, new.state, old.fence, new.fence, old.attempt, new.attempt,
          new.failure_reason);
        return null;
      end $$ language plpgsql;
      create trigger walk_note after update on build for each row
        when (old.state <> new.state or old.fence <> new.fence or old.attempt <> new.attempt)
        execute function walk_note()
      """;

  private final DataSource database;

  Journal(DataSource database) {
    this.database = database;
    execute(INSTALL);
  }

  @Override
  public void close() {
    execute("drop trigger walk_note on build; drop function walk_note; drop table walk_journal");
  }

  private void execute(String sql) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** A build as the model has it. */
  private static final class Model {
    private BuildState state = BuildState.QUEUED;
    private long fence;
    private int attempt;

    /** A worker's lease is its own: it runs, or was reaped and not claimed since. */
    private boolean held;
  }

  /** Replays everything; answers with how many changes there were of each kind. */
  Map<String, Integer> replay(Ledger ledger) {
    Map<String, Model> builds = new HashMap<>();
    Map<String, Integer> kinds = new HashMap<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select * from walk_journal order by seq")) {
      while (rows.next()) {
        String build = rows.getString("build");
        Model model = builds.computeIfAbsent(build, id -> new Model());
        kinds.merge(replay(build, model, rows, ledger), 1, Integer::sum);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    assertThat(kinds.get("claim")).as("claims that were answered").isEqualTo(ledger.claims());
    assertThat(kinds.get("worker's end"))
        .as("ends that workers were told of")
        .isEqualTo(ledger.ends());
    return kinds;
  }

  private static String replay(String build, Model model, ResultSet row, Ledger ledger)
      throws SQLException {
    String where = "%s, change %d".formatted(build, row.getLong("seq"));
    assertThat(BuildState.valueOf(row.getString("old_state"))).as(where).isEqualTo(model.state);
    assertThat(row.getLong("old_fence")).as(where).isEqualTo(model.fence);
    assertThat(row.getInt("old_attempt")).as(where).isEqualTo(model.attempt);
    assertThat(model.state.isUnfinished()).as("%s: it had ended", where).isTrue();
    BuildState to = BuildState.valueOf(row.getString("new_state"));
    long raised = row.getLong("new_fence") - model.fence;
    int begun = row.getInt("new_attempt") - model.attempt;
    String kind = kind(where, model, to, raised, row.getString("reason"));
    assertThat(begun).as(where).isEqualTo(kind.equals("claim") ? 1 : 0);
    if (kind.equals("claim")) {
      assertThat(ledger.wasClaimed(build, row.getLong("new_fence")))
          .as("%s: somebody was told of the claim", where)
          .isTrue();
    }
    if (kind.equals("worker's end")) {
      assertThat(model.held).as("%s: somebody held it", where).isTrue();
      assertThat(ledger.end(build, model.fence))
          .as("%s: its worker was told so", where)
          .hasValueSatisfying(end -> assertThat(end.answer()).isEqualTo(to.name()));
    }
    model.held = kind.equals("claim") || kind.equals("taken back") || kind.equals("reaped");
    model.state = to;
    model.fence = row.getLong("new_fence");
    model.attempt = row.getInt("new_attempt");
    return kind;
  }

  private static String kind(
      String where, Model model, BuildState to, long raised, @Nullable String reason) {
    boolean waits = model.state == BuildState.QUEUED;
    if (to == BuildState.RUNNING && waits && raised == 1) {
      return "claim";
    }
    if (to == BuildState.RUNNING && waits && raised == 0 && model.held) {
      return "taken back";
    }
    if (to == BuildState.QUEUED && !waits && raised == 0) {
      return "reaped";
    }
    if (to == BuildState.CANCELLED && raised == 1) {
      return "cancelled";
    }
    if (to == BuildState.FAILED && FailureReason.WORKER_LOST.name().equals(reason)) {
      assertThat(waits).as("%s: given up while it ran", where).isFalse();
      assertThat(raised).as(where).isEqualTo(1);
      return "given up";
    }
    assertThat(to).as(where).isNotEqualTo(BuildState.RUNNING);
    assertThat(raised).as(where).isEqualTo(1);
    return "worker's end";
  }
}
