package dev.wrtfarm.api.log;

import dev.wrtfarm.common.build.BuildState;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Where an attempt's text is, and what became of the attempt. The rows are to be read after this:
 * then none can be missed in between.
 *
 * @param last the build's newest attempt
 * @param result what became of the attempt
 * @param successor the worker of the attempt after it
 * @param object key of the artifact with the whole text, once there is one
 */
record LogSource(
    boolean unfinished,
    int last,
    @Nullable String result,
    @Nullable String successor,
    @Nullable String object,
    long size) {

  /** The attempt's text does not grow any more. */
  boolean isWhole(int attempt) {
    return object != null || last > attempt || !unfinished;
  }

  /** Null when there is no such build. */
  static @Nullable LogSource of(Session entities, String build, int attempt) {
    return entities
        .createNativeQuery(
            """
            select b.state, b.attempt, a.result, s.worker, o.object_key, o.size
            from build b
              left join attempt a on a.build_id = b.id and a.number = :attempt
              left join attempt s on s.build_id = b.id and s.number = :attempt + 1
              left join artifact f
                on f.build_id = b.id and f.kind = 'LOG' and b.attempt = :attempt
              left join blob o on o.id = coalesce(a.log_blob, f.blob_id)
            where b.id = :build order by f.position limit 1
            """,
            Object[].class)
        .setParameter("build", build)
        .setParameter("attempt", attempt)
        .getResultList()
        .stream()
        .map(LogSource::read)
        .findFirst()
        .orElse(null);
  }

  private static LogSource read(Object[] row) {
    return new LogSource(
        BuildState.valueOf((String) row[0]).isUnfinished(),
        ((Number) row[1]).intValue(),
        (String) row[2],
        (String) row[3],
        (String) row[4],
        row[5] == null ? 0 : ((Number) row[5]).longValue());
  }
}
