package dev.wrtfarm.bench.queue;

import dev.wrtfarm.bench.process.BenchFailed;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Fills and empties an api's queue behind its back. */
record Rows(Stack stack) {

  /** Nothing waits, nothing runs, nothing was ever built. */
  void empty() {
    execute("truncate build cascade");
  }

  /** So many builds that wait, without offers. */
  void queue(String word, int count) {
    String recipe = Recipes.canonicalSql("'%s-' || n".formatted(word));
    execute(
        """
        insert into build (id, tenant, state, flight_key, recipe, recipe_digest, snapshot, priority,
          turn)
        select 'b-%1$s-' || n, 'local', 'QUEUED', digest, recipe, digest, false, 50, n
        from (select n, recipe, encode(sha256(convert_to(recipe, 'UTF8')), 'hex') as digest
          from (select n, %2$s as recipe from generate_series(1, %3$d) n) r) d
        """
            .formatted(word, recipe, count));
    execute("vacuum analyze build");
  }

  /** Ends what runs, so that no lease of it is lost later. */
  void endRunning() {
    execute("update build set state = 'CANCELLED', ended_at = now() where state = 'RUNNING'");
  }

  void execute(String sql) {
    try (Connection connection = stack.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new BenchFailed("'%s' failed: %s".formatted(sql, e.getMessage()), e);
    }
  }
}
