package dev.wrtfarm.api.log;

import dev.wrtfarm.api.artifact.ObjectStore;
import dev.wrtfarm.api.build.NoSuchThing;
import dev.wrtfarm.api.log.LogPiece.Beyond;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Reads builds' logs, attempt after attempt: rows while an attempt runs, then the artifact with the
 * whole text. Who has read rows goes on in the artifact where they ended. Nothing is held open
 * between two pieces, so a reader may come back to any replica.
 */
@ApplicationScoped
public class BuildLogs {
  private final Session entities;
  private final LogChunks rows;
  private final ObjectStore store;
  private final StoreReads reads = new StoreReads(System::nanoTime);

  BuildLogs(Session entities, LogChunks rows, ObjectStore store) {
    this.entities = entities;
    this.rows = rows;
    this.store = store;
  }

  private record Found(LogSource source, List<LogChunks.Row> rows) {}

  /** What there is from this place on; not all of it if that is much. */
  public LogPiece read(String build, LogPlace place) {
    Found found = QuarkusTransaction.requiringNew().call(() -> find(build, place));
    LogSource source = found.source();
    boolean whole = source.isWhole(place.attempt());
    if (!found.rows().isEmpty()) {
      return text(place, found.rows(), whole);
    }
    String object = source.object();
    if (object != null && place.offset() < source.size()) {
      return stored(place, object, source.size());
    }
    if (source.last() > place.attempt()) {
      return new LogPiece(mark(place, source), place.nextAttempt(), Beyond.MORE);
    }
    return LogPiece.none(place, source.unfinished() ? Beyond.LATER : Beyond.NOTHING);
  }

  private Found find(String build, LogPlace place) {
    LogSource source = LogSource.of(entities, build, place.attempt());
    if (source == null) {
      throw new NoSuchThing("build", build);
    }
    return new Found(source, rows.from(build, place));
  }

  private static LogPiece text(LogPlace place, List<LogChunks.Row> rows, boolean whole) {
    StringBuilder text = new StringBuilder();
    LogPlace next = place;
    int room = LogChunks.AT_ONCE;
    for (LogChunks.Row row : rows) {
      byte[] bytes = Utf8.bytes(row.content());
      int from = (int) Math.clamp(next.offset() - row.begin(), 0, bytes.length);
      byte[] rest = Arrays.copyOfRange(bytes, from, bytes.length);
      int length = Utf8.whole(rest, room);
      text.append(Utf8.text(rest, length));
      room -= length;
      next = new LogPlace(place.attempt(), row.sequence(), row.begin() + from + length);
      if (length < rest.length) {
        return new LogPiece(text.toString(), next, Beyond.MORE);
      }
      next = next.nextChunk();
      text.append(row.cut() ? LogChunks.Row.LEFT_OUT : "");
    }
    boolean more = whole || rows.size() == LogChunks.MOST_ROWS || room == 0;
    return new LogPiece(text.toString(), next, more ? Beyond.MORE : Beyond.LATER);
  }

  private LogPiece stored(LogPlace place, String object, long size) {
    long left = size - place.offset();
    int most = (int) Math.min(LogChunks.AT_ONCE, left);
    Optional<byte[]> part = reads.read(() -> store.read(object, place.offset(), most));
    if (part.isEmpty() || part.get().length == 0) {
      return new LogPiece(
          "[… the store has no log of attempt %d any more …]\n".formatted(place.attempt()),
          place.plus(left),
          Beyond.MORE);
    }
    byte[] bytes = part.get();
    int length = bytes.length < left ? Utf8.whole(bytes, bytes.length) : bytes.length;
    return new LogPiece(Utf8.text(bytes, length), place.plus(length), Beyond.MORE);
  }

  /** Says where one attempt ends and the next begins. */
  private static String mark(LogPlace place, LogSource source) {
    return "\n=== attempt %d %s; attempt %d, %s ===\n"
        .formatted(
            place.attempt(), word(source.result()), place.attempt() + 1, word(source.successor()));
  }

  private static String word(@Nullable String known) {
    return known == null ? "?" : known;
  }
}
