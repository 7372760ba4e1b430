package dev.wrtfarm.api.log;

import dev.wrtfarm.api.build.Build;
import dev.wrtfarm.api.build.Text;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.util.List;
import org.hibernate.Session;

/**
 * The log of running attempts, for followers. When an attempt ends with its whole log as an
 * artifact, the rows go; they stay for attempts that died.
 */
@ApplicationScoped
public class LogChunks {
  /** A worker that runs wild must not fill the database. */
  private static final int MOST_CHUNKS = 20_000;

  private static final int LONGEST = 1 << 20;

  /** A chunk as it is read. */
  record Piece(int attempt, int sequence, String content) {}

  private final Session entities;
  private final Event<LogGrown> grown;

  LogChunks(Session entities, Event<LogGrown> grown) {
    this.entities = entities;
    this.grown = grown;
  }

  /** Keeps a chunk of the attempt that runs; the same one again changes nothing. */
  public void add(Build build, int sequence, String text) {
    if (sequence >= MOST_CHUNKS) {
      return;
    }
    int added =
        entities
            .createNativeQuery(
                """
                insert into log_chunk (build_id, attempt, sequence, content)
                values (:build, :attempt, :sequence, :content) on conflict do nothing
                """)
            .setParameter("build", build.id())
            .setParameter("attempt", build.attempt())
            .setParameter("sequence", sequence)
            .setParameter("content", Text.clean(text, LONGEST))
            .executeUpdate();
    if (added > 0) {
      grown.fire(new LogGrown(build.id(), build.attempt(), sequence));
    }
  }

  /** The rows of the build's attempt go. */
  public void drop(Build build) {
    entities
        .createNativeQuery("delete from log_chunk where build_id = :build and attempt = :attempt")
        .setParameter("build", build.id())
        .setParameter("attempt", build.attempt())
        .executeUpdate();
  }

  /** Some pieces after this one, in order. */
  @Transactional
  List<Piece> after(String build, int attempt, int sequence, int most) {
    return entities
        .createNativeQuery(
            """
            select attempt, sequence, content from log_chunk
            where build_id = :build and (attempt, sequence) > (:attempt, :sequence)
            order by attempt, sequence
            """,
            Object[].class)
        .setParameter("build", build)
        .setParameter("attempt", attempt)
        .setParameter("sequence", sequence)
        .setMaxResults(most)
        .getResultList()
        .stream()
        .map(row -> new Piece((Integer) row[0], (Integer) row[1], (String) row[2]))
        .toList();
  }
}
