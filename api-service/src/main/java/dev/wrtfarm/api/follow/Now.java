package dev.wrtfarm.api.follow;

import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.build.Stage;
import dev.wrtfarm.common.value.Sha256;
import java.util.Optional;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** A build as it is now, for followers. */
record Now(State state, Progress progress) {
  private static final int DIGITS = 8;

  /**
   * What followers are told when it changes.
   *
   * @param attempt 0 before the first
   * @param worker who builds it, while somebody does
   */
  record State(String build, BuildState state, int attempt, @Nullable String worker) {}

  /** How far the attempt is, which is told while it runs. */
  record Progress(@Nullable Stage stage, int percent, String detail) {
    static final Progress NONE = new Progress(null, 0, "");
  }

  /** The same for the same state, at every replica. */
  String digest() {
    return Sha256.of(this.toString()).hex().substring(0, DIGITS);
  }

  static Optional<Now> of(Session entities, String build) {
    return entities
        .createNativeQuery(
            "select state, attempt, worker, stage, percent, detail from build where id = :id",
            Object[].class)
        .setParameter("id", build)
        .getResultList()
        .stream()
        .map(row -> read(build, row))
        .findFirst();
  }

  private static Now read(String build, Object[] row) {
    BuildState state = BuildState.valueOf((String) row[0]);
    boolean runs = state == BuildState.RUNNING;
    String stage = (String) row[3];
    return new Now(
        new State(build, state, ((Number) row[1]).intValue(), runs ? (String) row[2] : null),
        runs && stage != null
            ? new Progress(Stage.valueOf(stage), ((Number) row[4]).intValue(), (String) row[5])
            : Progress.NONE);
  }
}
