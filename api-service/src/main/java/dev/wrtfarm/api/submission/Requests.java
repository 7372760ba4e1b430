package dev.wrtfarm.api.submission;

import dev.wrtfarm.api.build.Attempts;
import dev.wrtfarm.api.build.Build;
import dev.wrtfarm.api.build.BuildStates;
import dev.wrtfarm.api.build.BuildViews;
import dev.wrtfarm.api.build.Builds;
import dev.wrtfarm.api.build.NoSuchThing;
import dev.wrtfarm.api.build.RandomId;
import dev.wrtfarm.api.build.Transition;
import dev.wrtfarm.common.rest.RequestView;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** Callers' wishes: many may point at one build. */
@ApplicationScoped
public class Requests implements PanacheRepositoryBase<Request, String> {
  private final Builds builds;
  private final Attempts attempts;
  private final BuildStates states;
  private final BuildViews views;

  Requests(Builds builds, Attempts attempts, BuildStates states, BuildViews views) {
    this.builds = builds;
    this.attempts = attempts;
    this.states = states;
    this.views = views;
  }

  String insert(String tenant, String build, Outcome outcome) {
    String id = RandomId.request();
    getSession()
        .createNativeQuery(
            """
            insert into request (id, build_id, tenant, outcome)
            values (:id, :build, :tenant, :outcome)
            """)
        .setParameter("id", id)
        .setParameter("build", build)
        .setParameter("tenant", tenant)
        .setParameter("outcome", outcome.word())
        .executeUpdate();
    return id;
  }

  @Transactional
  public RequestView view(String id) {
    Request request = existing(id);
    return new RequestView(
        request.id,
        request.outcome,
        request.cancelledAt != null,
        request.createdAt,
        views.view(request.buildId));
  }

  /** The last request that is cancelled takes its build with it. */
  @Transactional
  public void cancel(String id) {
    Build build =
        builds.lock(existing(id).buildId).orElseThrow(() -> new NoSuchThing("request", id));
    if (!build.state().isUnfinished()) {
      return;
    }
    getSession()
        .createNativeQuery(
            "update request set cancelled_at = now() where id = :id and cancelled_at is null")
        .setParameter("id", id)
        .executeUpdate();
    if (count("buildId = ?1 and cancelledAt is null", build.id()) == 0) {
      states.change(Transition.CANCEL, build);
      attempts.cancel(build);
    }
  }

  private Request existing(String id) {
    return findByIdOptional(id).orElseThrow(() -> new NoSuchThing("request", id));
  }
}
