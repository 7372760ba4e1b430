package dev.wrtfarm.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.RequestView;
import dev.wrtfarm.system.cluster.Builds;
import dev.wrtfarm.system.cluster.Database;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What callers were promised, and whether the farm kept it. */
final class Ledger {
  private final Map<String, RequestView> accepted = new ConcurrentHashMap<>();
  private final Set<String> forced = ConcurrentHashMap.newKeySet();
  private final Set<String> cancelled = ConcurrentHashMap.newKeySet();

  void accepted(RequestView request, boolean wantsNewImage) {
    if (wantsNewImage) {
      forced.add(request.id());
    }
    assertThat(accepted.put(request.id(), request)).as(request.id() + " twice").isNull();
  }

  void cancelled(String request) {
    cancelled.add(request);
  }

  /** When all builds have ended: each request is there once, and its build is as it should be. */
  void balance(Builds builds, Database database, String tag) {
    Map<String, List<RequestView>> byBuild = new ConcurrentHashMap<>();
    accepted
        .values()
        .forEach(each -> byBuild.merge(each.build().id(), List.of(each), Ledger::both));
    byBuild.forEach((id, requests) -> check(builds.awaitEnd(id), requests));
    assertThat(
            database.column(
                "select r.id from request r join build b on b.id = r.build_id where b.recipe like"
                    + " '%"
                    + tag
                    + "%'"))
        .containsExactlyInAnyOrderElementsOf(accepted.keySet());
    assertThat(database.column("select id from build where recipe like '%" + tag + "%'"))
        .containsExactlyInAnyOrderElementsOf(byBuild.keySet());
  }

  private void check(BuildView build, List<RequestView> requests) {
    assertThat(requests.stream().filter(each -> each.outcome().equals("queued")))
        .as("one request made the build: " + requests)
        .hasSize(1);
    if (requests.stream().map(RequestView::id).anyMatch(this::counts)) {
      assertThat(build.state()).as(build.toString()).isIn(BuildState.SUCCEEDED, BuildState.REUSED);
    }
    if (requests.stream().map(RequestView::id).anyMatch(id -> counts(id) && forced.contains(id))) {
      assertThat(build.state()).as(build.toString()).isEqualTo(BuildState.SUCCEEDED);
    }
    int successes = build.state() == BuildState.SUCCEEDED ? 1 : 0;
    assertThat(Builds.results(build)).filteredOn("succeeded"::equals).hasSize(successes);
    assertThat(Builds.results(build)).doesNotContain("running", "lost", "failed");
  }

  private boolean counts(String request) {
    return !cancelled.contains(request);
  }

  private static List<RequestView> both(List<RequestView> some, List<RequestView> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }
}
