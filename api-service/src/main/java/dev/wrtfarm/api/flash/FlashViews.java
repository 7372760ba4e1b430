package dev.wrtfarm.api.flash;

import dev.wrtfarm.api.build.NoSuchThing;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.rest.FlashView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Flash jobs as everyone sees them. */
@ApplicationScoped
public class FlashViews {
  private static final int WHOLE = 100;
  private static final int OF_A_CARD = 50;

  private final FlashJobs jobs;
  private final Obstacles obstacles;

  FlashViews(FlashJobs jobs, Obstacles obstacles) {
    this.jobs = jobs;
    this.obstacles = obstacles;
  }

  /** Which jobs; null is any. */
  public record Filter(
      @Nullable String batch,
      @Nullable FlashState state,
      @Nullable String host,
      @Nullable String slot,
      @Nullable String card) {}

  @Transactional
  public FlashView view(String id) {
    // What this transaction changed itself must show.
    jobs.getSession().clear();
    FlashJob job = jobs.findByIdOptional(id).orElseThrow(() -> new NoSuchThing("flash job", id));
    return views(List.of(job)).getFirst();
  }

  /** The jobs of one submission, in its order. */
  @Transactional
  public List<FlashView> batch(String batch) {
    jobs.getSession().clear();
    return views(jobs.list("batch = ?1 order by seq", batch));
  }

  /** The newest first. */
  @Transactional
  public List<FlashView> newest(Filter filter, int limit) {
    Map<String, Object> values = new HashMap<>();
    List<String> conditions = new ArrayList<>();
    restrict("batch", filter.batch(), conditions, values);
    restrict("state", filter.state(), conditions, values);
    restrict("host", filter.host(), conditions, values);
    restrict("slot", filter.slot(), conditions, values);
    restrict("card", filter.card(), conditions, values);
    String where = conditions.isEmpty() ? "" : String.join(" and ", conditions) + " ";
    return views(jobs.find(where + "order by seq desc", values).page(0, limit).list());
  }

  private static void restrict(
      String field, @Nullable Object value, List<String> conditions, Map<String, Object> values) {
    if (value != null) {
      conditions.add(field + " = :" + field);
      values.put(field, value);
    }
  }

  /** What happened to a card, the newest first. */
  List<FlashView> ofCard(String card) {
    return newest(new Filter(null, null, null, null, card), OF_A_CARD);
  }

  private List<FlashView> views(List<FlashJob> page) {
    Map<String, String> waiting = obstacles.of(page);
    return page.stream().map(job -> view(job, waiting.getOrDefault(job.id, ""))).toList();
  }

  private static FlashView view(FlashJob job, String waiting) {
    boolean over = job.state.isEnded();
    return new FlashView(
        job.id,
        job.batch,
        job.kind,
        job.state,
        job.host,
        job.slot,
        job.build,
        job.imageName,
        job.imageSha256,
        job.imageId,
        job.options(),
        job.unattended,
        over ? "" : job.phase,
        job.state == FlashState.PASSED ? WHOLE : job.percent,
        over ? "" : job.detail,
        waiting,
        job.plan(),
        job.report(),
        job.reason,
        job.unusable,
        job.proof,
        job.createdAt,
        job.startedAt,
        job.endedAt);
  }
}
