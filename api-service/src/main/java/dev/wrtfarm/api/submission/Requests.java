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
  private final BuildStates buildStates;
  private final RequestStates states;
  private final BuildViews views;

  Requests(
      Builds builds,
      Attempts attempts,
      BuildStates buildStates,
      RequestStates states,
      BuildViews views) {
    this.builds = builds;
    this.attempts = attempts;
    this.buildStates = buildStates;
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
        request.state() == RequestState.CANCELLED,
        request.createdAt,
        views.view(request.buildId));
  }

  /**
   * The last request that is cancelled takes its build with it. One that is cancelled already, or
   * whose build has ended, is left as it is.
   */
  @Transactional
  public void cancel(String id) {
    Build build =
        builds.lock(existing(id).buildId).orElseThrow(() -> new NoSuchThing("request", id));
    Request request = existing(id);
    if (!RequestTransition.CANCEL.isAllowedFrom(request.state(), build.state())) {
      return;
    }
    states.change(RequestTransition.CANCEL, request, build);
    if (count("buildId = ?1 and cancelledAt is null", build.id()) == 0) {
      buildStates.change(Transition.CANCEL, build);
      attempts.cancel(build);
    }
  }

  private Request existing(String id) {
    return findByIdOptional(id).orElseThrow(() -> new NoSuchThing("request", id));
  }
}
