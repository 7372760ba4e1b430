package dev.wrtfarm.api.log;

import dev.wrtfarm.api.build.Build;
import dev.wrtfarm.api.build.Text;
import dev.wrtfarm.common.value.InvalidValue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import org.hibernate.Session;

/**
 * The log of running attempts, for followers. When an attempt ends with its whole log as an
 * artifact, the rows go; they stay for attempts that died. Every method runs in the caller's
 * transaction.
 */
@ApplicationScoped
public class LogChunks {
  /** So many bytes are read at once. */
  static final int AT_ONCE = 64 << 10;

  /**
   * A worker that runs wild must not fill the database. So far rows and artifact have the same
   * text: what a worker leaves out of a long log's artifact comes after its first 8 MiB.
   */
  private static final int MOST_BYTES = 7 << 20;

  private static final int MOST_CHUNKS = 20_000;
  static final int MOST_ROWS = 500;
  private static final int LONGEST = 1 << 20;

  /**
   * A chunk as it is read.
   *
   * @param begin where it begins in the attempt's text, in bytes
   * @param cut it is the last one that was kept, and the attempt told more
   */
  record Row(int sequence, long begin, String content, boolean cut) {
    static final String LEFT_OUT =
        "\n[… too much to follow: the rest is in the log when the attempt ends …]\n";
  }

  private record End(int sequence, long bytes, boolean cut) {}

  private final Session entities;
  private final Event<LogGrown> grown;

  LogChunks(Session entities, Event<LogGrown> grown) {
    this.entities = entities;
    this.grown = grown;
  }

  /**
   * Keeps a chunk of the attempt that runs; the same one again changes nothing. There is no gap: a
   * follower who has read a chunk has read all before it.
   *
   * @param build as it was read under its row's lock
   */
  public void add(Build build, int sequence, String text) {
    End end = end(build);
    if (sequence < end.sequence() || end.cut()) {
      return;
    }
    if (sequence > end.sequence()) {
      throw new InvalidValue(
          "sequence", Integer.toString(sequence), "send chunk %d first".formatted(end.sequence()));
    }
    byte[] content = Utf8.bytes(Text.clean(text, LONGEST));
    int kept = Utf8.whole(content, (int) (MOST_BYTES - end.bytes()));
    entities
        .createNativeQuery(
            """
            insert into log_chunk (build_id, attempt, sequence, begins_at, content, cut)
            values (:build, :attempt, :sequence, :begin, :content, :cut)
            """)
        .setParameter("build", build.id())
        .setParameter("attempt", build.attempt())
        .setParameter("sequence", sequence)
        .setParameter("begin", end.bytes())
        .setParameter("content", Utf8.text(content, kept))
        .setParameter("cut", kept < content.length || sequence == MOST_CHUNKS - 1)
        .executeUpdate();
    grown.fire(new LogGrown(build.id(), build.attempt(), sequence));
  }

  private End end(Build build) {
    return entities
        .createNativeQuery(
            """
            select sequence, begins_at + octet_length(content), cut from log_chunk
            where build_id = :build and attempt = :attempt order by sequence desc limit 1
            """,
            Object[].class)
        .setParameter("build", build.id())
        .setParameter("attempt", build.attempt())
        .getResultList()
        .stream()
        .map(row -> new End((Integer) row[0] + 1, ((Number) row[1]).longValue(), (Boolean) row[2]))
        .findFirst()
        .orElse(new End(0, 0, false));
  }

  /** The rows of the build's attempt go. */
  public void drop(Build build) {
    entities
        .createNativeQuery("delete from log_chunk where build_id = :build and attempt = :attempt")
        .setParameter("build", build.id())
        .setParameter("attempt", build.attempt())
        .executeUpdate();
  }

  /** Some chunks from this place on, in order. */
  List<Row> from(String build, LogPlace place) {
    return entities
        .createNativeQuery(
            """
            select sequence, begins_at, content, cut from log_chunk
            where build_id = :build and attempt = :attempt and sequence >= :sequence
              and begins_at < :offset + %d
            order by sequence limit %d
            """
                .formatted(AT_ONCE, MOST_ROWS),
            Object[].class)
        .setParameter("build", build)
        .setParameter("attempt", place.attempt())
        .setParameter("sequence", place.sequence())
        .setParameter("offset", place.offset())
        .getResultList()
        .stream()
        .map(row ->
            new Row(
                (Integer) row[0], ((Number) row[1]).longValue(), (String) row[2], (Boolean) row[3]))
        .toList();
  }
}
