package dev.wrtfarm.api.build;

import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.build.Failure;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The attempts' rows. Every method runs in the caller's transaction, under the build's lock. */
@ApplicationScoped
public class Attempts implements PanacheRepositoryBase<Attempt, Attempt.Key> {

  List<Attempt> of(Collection<String> builds) {
    return list("buildId in ?1 order by buildId, number", List.copyOf(builds));
  }

  public Optional<Attempt> withSecret(String secretSha256) {
    return find("secretSha256", secretSha256).firstResultOptional();
  }

  public void start(String build, int number, long fence, String secretSha256, String worker) {
    getSession()
        .createNativeQuery(
            """
            insert into attempt (build_id, number, fence, secret_sha256, worker, result)
            values (:build, :number, :fence, :secret, :worker, 'running')
            """)
        .setParameter("build", build)
        .setParameter("number", number)
        .setParameter("fence", fence)
        .setParameter("secret", secretSha256)
        .setParameter("worker", worker)
        .executeUpdate();
  }

  public void end(Build build, String result, BuildState answered) {
    end(build, result, answered, null, null);
  }

  public void end(
      Build build,
      String result,
      BuildState answered,
      @Nullable Failure failure,
      @Nullable String logBlob) {
    getSession()
        .createNativeQuery(
            """
            update attempt set result = :result, answered = :answered, ended_at = now(),
              failure_reason = nullif(:reason, ''), failure_message = nullif(:message, ''),
              failure_excerpt = nullif(:excerpt, ''), log_blob = nullif(:log, '')
            where build_id = :build and number = :number
            """)
        .setParameter("result", result)
        .setParameter("answered", answered.name())
        .setParameter("reason", failure == null ? "" : failure.reason().name())
        .setParameter("message", failure == null ? "" : failure.message())
        .setParameter("excerpt", failure == null ? "" : failure.excerpt())
        .setParameter("log", logBlob == null ? "" : logBlob)
        .setParameter("build", build.id)
        .setParameter("number", build.attempt)
        .executeUpdate();
  }

  /** Stops the attempt that runs, if one does. */
  public void cancel(Build build) {
    getSession()
        .createNativeQuery(
            """
            update attempt set result = 'cancelled', answered = 'CANCELLED', ended_at = now()
            where build_id = :build and number = :number and result = 'running'
            """)
        .setParameter("build", build.id)
        .setParameter("number", build.attempt)
        .executeUpdate();
  }

  /** The worker that was thought lost is there after all. */
  public void goOn(Build build) {
    getSession()
        .createNativeQuery(
            """
            update attempt set result = 'running', answered = null, ended_at = null
            where build_id = :build and number = :number and result = 'lost'
            """)
        .setParameter("build", build.id)
        .setParameter("number", build.attempt)
        .executeUpdate();
  }
}
