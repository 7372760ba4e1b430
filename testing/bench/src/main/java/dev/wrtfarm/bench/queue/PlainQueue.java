package dev.wrtfarm.bench.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The reference of throughput: a table, {@code SKIP LOCKED}, and two commits a job; no protocol, no
 * HTTP.
 */
final class PlainQueue {
  private static final String CLAIM =
      """
      update plain_queue set state = 'RUNNING', worker = ? where id = (
        select id from plain_queue where state = 'QUEUED' order by id limit 1
        for update skip locked)
      returning id
      """;

  private static final String COMPLETE =
      "update plain_queue set state = 'DONE' where id = ? and state = 'RUNNING'";

  private final Rows rows;

  PlainQueue(Rows rows) {
    this.rows = rows;
  }

  void fill(int jobs) {
    rows.execute("drop table if exists plain_queue");
    rows.execute(
        """
        create table plain_queue (id bigint primary key, state text not null, worker text,
          recipe text not null)
        """);
    rows.execute("create index plain_queue_next on plain_queue (id) where state = 'QUEUED'");
    rows.execute(
        """
        insert into plain_queue (id, state, recipe)
        select n, 'QUEUED', repeat('x', 200) from generate_series(1, %d) n
        """
            .formatted(jobs));
    rows.execute("vacuum analyze plain_queue");
  }

  /** Until nothing waits or the time is over. */
  void work(int number, Duration time, AtomicInteger jobs) throws SQLException {
    long end = System.nanoTime() + time.toNanos();
    try (Connection connection = rows.stack().connect();
        PreparedStatement claim = connection.prepareStatement(CLAIM);
        PreparedStatement complete = connection.prepareStatement(COMPLETE)) {
      claim.setString(1, "plain-" + number);
      while (System.nanoTime() < end) {
        try (ResultSet claimed = claim.executeQuery()) {
          if (!claimed.next()) {
            return;
          }
          complete.setLong(1, claimed.getLong(1));
          complete.executeUpdate();
          jobs.incrementAndGet();
        }
      }
    }
  }
}
