package dev.wrtfarm.api.build;

import static dev.wrtfarm.common.build.BuildState.FAILED;
import static dev.wrtfarm.common.build.BuildState.SUCCEEDED;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.util.Optional;

/** Reads builds, and locks their rows. Every method runs in the caller's transaction. */
@ApplicationScoped
public class Builds implements PanacheRepositoryBase<Build, String> {
  private static final String NEXT =
      """
      select b.* from build b where b.state = 'QUEUED' and b.claimable_at <= now()
      order by b.priority desc, b.turn, b.seq limit 1
      """;

  private static final String OBJECTS_PRESENT =
      """
       and not exists (
        select 1 from artifact a join blob o on o.id = a.blob_id
        where a.build_id = b.id and o.state <> 'PRESENT')
      """;

  /** Locks the row and reads it as it is then. */
  public Optional<Build> lock(String id) {
    getSession().clear();
    return Optional.ofNullable(getSession().find(Build.class, id, LockModeType.PESSIMISTIC_WRITE));
  }

  /** Locks the unfinished build of this flight key, if there is one. */
  public Optional<Build> lockUnfinished(String flightKey) {
    return read(
        """
        select b.* from build b where b.flight_key = :a and b.state in ('QUEUED', 'RUNNING')
        for update
        """,
        flightKey);
  }

  /**
   * Locks the best build to claim that nobody else has locked. When all that wait are locked, they
   * are mostly not being claimed: requests join them, or their offers are being sent. So the best
   * of them is waited for, which is a moment; to answer "nothing" would use up its offer.
   */
  public Optional<Build> lockNext() {
    return lockFree().or(() -> read(NEXT).flatMap(best -> await(best).or(this::lockFree)));
  }

  private Optional<Build> lockFree() {
    return read(NEXT + "for update skip locked");
  }

  /** Waits for one row and no other: whoever waits for a second one can meet another on the way. */
  private Optional<Build> await(Build best) {
    return read(
        """
        select b.* from build b
        where b.id = :a and b.state = 'QUEUED' and b.claimable_at <= now() for update
        """,
        best.id());
  }

  /** Locks the record of this recipe that was confirmed last, if it is young enough and whole. */
  public Optional<Build> lockFreshRecord(String recipeDigest, Duration freshness) {
    return read(
        """
        select b.* from build b where b.recipe_digest = :a and b.state = 'SUCCEEDED'
          and b.confirmed_at > now() - make_interval(secs => %d)
          %s order by b.confirmed_at desc limit 1 for update
        """
            .formatted(freshness.toSeconds(), OBJECTS_PRESENT),
        recipeDigest);
  }

  /** Locks a failed build of this recipe that would fail again if it were tried now. */
  public Optional<Build> lockFinalFailure(String recipeDigest, Duration freshness) {
    return read(
        """
        select b.* from build b where b.recipe_digest = :a and b.state = 'FAILED'
          and (b.failure_class = 'USER' or b.failure_reason = 'WORKER_LOST')
          and b.ended_at > now() - make_interval(secs => %d)
          order by b.ended_at desc limit 1 for update
        """
            .formatted(freshness.toSeconds()),
        recipeDigest);
  }

  /** The last build of this recipe that made its image, however old, whole or not. */
  public Optional<Build> lastSuccess(String recipeDigest) {
    return find("recipeDigest = ?1 and state = ?2 order by seq desc", recipeDigest, SUCCEEDED)
        .firstResultOptional();
  }

  public Optional<Build> lastFailure(String recipeDigest) {
    return find("recipeDigest = ?1 and state = ?2 order by seq desc", recipeDigest, FAILED)
        .firstResultOptional();
  }

  /** Locks a record that has exactly this image, if its objects are all there. */
  public Optional<Build> lockRecord(
      String recipeDigest, String archiveSha256, String packageSetDigest) {
    return read(
        """
        select b.* from build b where b.recipe_digest = :a and b.state = 'SUCCEEDED'
          and b.archive_sha256 = :b and b.package_set_digest = :c
          %s order by b.confirmed_at desc limit 1 for update
        """
            .formatted(OBJECTS_PRESENT),
        recipeDigest,
        archiveSha256,
        packageSetDigest);
  }

  private Optional<Build> read(String sql, String... values) {
    // Rows of this session would be answered as they were read before.
    getSession().clear();
    var query = getSession().createNativeQuery(sql, Build.class);
    for (int i = 0; i < values.length; i++) {
      query.setParameter(String.valueOf((char) ('a' + i)), values[i]);
    }
    return query.getResultList().stream().findFirst();
  }
}
