package dev.wrtfarm.api.lab;

import dev.wrtfarm.api.build.Locks;
import dev.wrtfarm.api.build.NoSuchThing;
import dev.wrtfarm.common.agent.JournalLines;
import dev.wrtfarm.common.rest.JournalView;
import dev.wrtfarm.common.rest.JournalView.JournalBreak;
import dev.wrtfarm.common.value.InvalidValue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/**
 * A copy of each agent's journal. Who changes or shortens a journal on its host cannot change what
 * the farm has of it. A line is taken as it comes, and what is wrong with it is written down beside
 * it: to refuse it would hide it.
 */
@ApplicationScoped
public class Journals {
  private static final int MOST = 10_000;

  private final Session entities;
  private final Locks locks;
  private final JournalRuns runs;

  Journals(Session entities, Locks locks, JournalRuns runs) {
    this.entities = entities;
    this.locks = locks;
    this.runs = runs;
  }

  /** Number of the first line that is not here. */
  @Transactional
  public long next(String host) {
    return entities
        .createNativeQuery(
            "select coalesce(max(n), 0) + 1 from lab_journal where host_id = :host", Long.class)
        .setParameter("host", host)
        .getSingleResult();
  }

  /** Keeps what is new of these lines; answers with the number of the next. */
  @Transactional
  public long add(JournalLines lines) {
    LabNames.check("host", lines.host());
    if (lines.first() < 1 || lines.lines().size() > MOST) {
      throw new InvalidValue(
          "first",
          Long.toString(lines.first()),
          "give at least 1, and at most %d lines".formatted(MOST));
    }
    locks.take("journal " + lines.host());
    long next = next(lines.host());
    if (lines.first() > next && !lines.lines().isEmpty()) {
      note(
          lines.host(),
          next,
          "gap",
          "lines %d to %d never came".formatted(next, lines.first() - 1));
    }
    long n = lines.first();
    for (String line : lines.lines()) {
      add(lines.host(), n, line);
      n++;
    }
    return next(lines.host());
  }

  private void add(String host, long n, String line) {
    Optional<String> known = digest(host, n);
    String digest = JournalLine.digest(line);
    if (known.isPresent()) {
      if (!known.get().equals(digest)) {
        note(
            host,
            n,
            "changed",
            "line %d came again and is another one: the journal was changed, or begun anew"
                .formatted(n));
      }
      return;
    }
    check(host, n, line);
    entities
        .createNativeMutationQuery(
            """
            insert into lab_journal (host_id, n, line, sha256) values (:host, :n, :line, :sha256)
            """)
        .setParameter("host", host)
        .setParameter("n", n)
        .setParameter("line", line)
        .setParameter("sha256", digest)
        .executeUpdate();
    runs.hear(host, line);
  }

  private void check(String host, long n, String line) {
    Optional<JournalLine> read = JournalLine.read(line);
    if (read.isEmpty()) {
      note(host, n, "unreadable", "line %d is no line of a journal".formatted(n));
      return;
    }
    Optional<String> before = digest(host, n - 1);
    boolean follows =
        read.get().n() == n
            && (before.isPresent()
                ? read.get().previous().equals(before.get())
                : n > 1 || read.get().isFirst());
    if (!follows) {
      note(host, n, "chain", "line %d does not follow the one before it".formatted(n));
    }
  }

  private Optional<String> digest(String host, long n) {
    return entities
        .createNativeQuery(
            "select sha256 from lab_journal where host_id = :host and n = :n", String.class)
        .setParameter("host", host)
        .setParameter("n", n)
        .getResultStream()
        .findFirst();
  }

  private void note(String host, long n, String kind, String message) {
    entities
        .createNativeMutationQuery(
            """
            insert into lab_journal_break (host_id, n, kind, message)
            values (:host, :n, :kind, :message) on conflict do nothing
            """)
        .setParameter("host", host)
        .setParameter("n", n)
        .setParameter("kind", kind)
        .setParameter("message", message)
        .executeUpdate();
  }

  /** Some lines from this number on, and everything that is wrong with the journal. */
  @Transactional
  public JournalView view(String host, long from, int limit) {
    long next = next(host);
    if (next == 1) {
      throw new NoSuchThing("journal of host", host);
    }
    List<JournalBreak> breaks =
        entities
            .createNativeQuery(
                """
                select n, kind, message, found_at from lab_journal_break
                where host_id = :host order by n, kind limit 1000
                """,
                Object[].class)
            .setParameter("host", host)
            .getResultStream()
            .map(row ->
                new JournalBreak(
                    ((Number) row[0]).longValue(),
                    (String) row[1],
                    (String) row[2],
                    (Instant) row[3]))
            .toList();
    List<String> lines =
        entities
            .createNativeQuery(
                """
                select line from lab_journal where host_id = :host and n >= :from
                order by n limit :limit
                """,
                String.class)
            .setParameter("host", host)
            .setParameter("from", from)
            .setParameter("limit", limit)
            .getResultList();
    return new JournalView(host, next, breaks, lines);
  }
}
