package dev.wrtfarm.api.flash;

import dev.wrtfarm.api.build.RandomId;
import dev.wrtfarm.api.lab.Inventories;
import dev.wrtfarm.api.submission.IdempotencyKey;
import dev.wrtfarm.api.submission.IdempotencyKeys;
import dev.wrtfarm.api.submission.IdempotencyKeys.Scope;
import dev.wrtfarm.api.submission.Submission;
import dev.wrtfarm.common.rest.FlashView;
import dev.wrtfarm.common.rest.SubmitFlash;
import dev.wrtfarm.common.rest.SubmitFlash.FlashTarget;
import dev.wrtfarm.common.value.InvalidValue;
import dev.wrtfarm.common.value.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes in the wish to have cards flashed: a job for each slot, all in one transaction. */
@ApplicationScoped
public class FlashSubmissions {
  private final FlashJobs jobs;
  private final ImageChoices images;
  private final IdempotencyKeys keys;
  private final Inventories inventories;
  private final FlashViews views;
  private final Event<FlashRequested> requests;

  FlashSubmissions(
      FlashJobs jobs,
      ImageChoices images,
      IdempotencyKeys keys,
      Inventories inventories,
      FlashViews views,
      Event<FlashRequested> requests) {
    this.jobs = jobs;
    this.images = images;
    this.keys = keys;
    this.inventories = inventories;
    this.views = views;
    this.requests = requests;
  }

  /**
   * Answers with the jobs, in the order of their targets.
   *
   * @param key the caller's idempotency key: the same again gets the same jobs
   */
  @Transactional
  public List<FlashView> submit(SubmitFlash wish, @Nullable String key) {
    if (key == null) {
      return views.batch(insert(FlashOrder.of(wish), images.of(wish)));
    }
    IdempotencyKey known = new IdempotencyKey(key, Sha256.of(JsonColumn.write(wish)).hex());
    Optional<String> before = keys.find(Scope.FLASH, Submission.LOCAL, known);
    if (before.isPresent()) {
      return views.batch(before.get());
    }
    String batch = insert(FlashOrder.of(wish), images.of(wish));
    keys.keep(Scope.FLASH, Submission.LOCAL, known, batch);
    return views.batch(batch);
  }

  /** In the caller's transaction; answers with the batch. */
  String insert(FlashOrder order, ImageChoice image) {
    order.targets().forEach(this::check);
    String batch = RandomId.flashBatch();
    order.targets().forEach(target -> insert(order, image, target, batch));
    return batch;
  }

  /** A mistyped name would wait for ever. */
  private void check(FlashTarget target) {
    List<String> slots = inventories.slots(target.host());
    if (slots.isEmpty()) {
      throw new InvalidValue(
          "targets.host", target.host(), "no agent of that name, with slots, has called yet");
    }
    if (!slots.contains(target.slot())) {
      throw new InvalidValue(
          "targets.slot",
          target.slot(),
          "%s has %s".formatted(target.host(), String.join(", ", slots)));
    }
  }

  private void insert(FlashOrder order, ImageChoice image, FlashTarget target, String batch) {
    jobs.getSession()
        .createNativeMutationQuery(
            """
            insert into flash_job (id, batch, tenant, kind, state, host_id, slot, build_id,
              blob_id, image_url, image_name, image_sha256, image_size, image_id, rechecks,
              options, unattended)
            values (:id, :batch, :tenant, :kind, 'REQUESTED', :host, :slot, nullif(:build, ''),
              nullif(:blob, ''), nullif(:url, ''), :name, :sha256, nullif(:size, -1),
              nullif(:imageId, ''), nullif(:rechecks, ''), :options, :unattended)
            """)
        .setParameter("id", RandomId.flashJob())
        .setParameter("batch", batch)
        .setParameter("tenant", Submission.LOCAL)
        .setParameter("kind", order.kind().name())
        .setParameter("host", target.host())
        .setParameter("slot", target.slot())
        .setParameter("build", orEmpty(image.build()))
        .setParameter("blob", orEmpty(image.blob()))
        .setParameter("url", orEmpty(image.url()))
        .setParameter("name", image.name())
        .setParameter("sha256", image.sha256())
        .setParameter("size", image.size() == null ? -1L : image.size())
        .setParameter("imageId", orEmpty(image.imageId()))
        .setParameter("rechecks", orEmpty(order.rechecks()))
        .setParameter("options", JsonColumn.write(order.options()))
        .setParameter("unattended", order.unattended())
        .executeUpdate();
    requests.fire(new FlashRequested(target.host()));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
