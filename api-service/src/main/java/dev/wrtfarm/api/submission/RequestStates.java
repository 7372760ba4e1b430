package dev.wrtfarm.api.submission;

import dev.wrtfarm.api.build.Build;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/** Changes a request's state: one conditional UPDATE, whose row count is the answer. */
@ApplicationScoped
class RequestStates {
  private static final Logger LOG = Logger.getLogger(RequestStates.class);

  private final Session entities;

  RequestStates(Session entities) {
    this.entities = entities;
  }

  /**
   * @param request as it was read under its build's lock
   * @param build as it was read under that lock
   */
  void change(RequestTransition transition, Request request, Build build) {
    if (!transition.isAllowedFrom(request.state(), build.state())
        || update(transition, request) != 1) {
      String sentence =
          "impossible: %s by %s of request %s in state %s, its build %s in state %s"
              .formatted(
                  transition,
                  transition.actor(),
                  request.id,
                  request.state(),
                  build.id(),
                  build.state());
      LOG.error(sentence);
      throw new IllegalStateException(sentence);
    }
  }

  private int update(RequestTransition transition, Request request) {
    String sql =
        switch (transition) {
          case CANCEL ->
              """
              update request r set cancelled_at = now()
              where r.id = :id and r.cancelled_at is null and exists (
                select 1 from build b where b.id = r.build_id and b.state in ('QUEUED', 'RUNNING'))
              """;
        };
    return entities.createNativeQuery(sql).setParameter("id", request.id).executeUpdate();
  }
}
