package dev.wrtfarm.api.artifact;

import static dev.wrtfarm.api.TestWorker.produced;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.Answer;
import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.TestWorker;
import dev.wrtfarm.api.TestWorker.Held;
import dev.wrtfarm.common.build.ArtifactKind;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.common.rest.ArtifactView;
import dev.wrtfarm.common.rest.InlineRecipe;
import dev.wrtfarm.common.rest.RequestView;
import dev.wrtfarm.common.worker.Upload;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@SuppressWarnings("NullAway.Init")
class StoreCheckTest extends FarmTest {
  @Inject StoreCheck check;
  @Inject Collector collector;
  @Inject BlobFigures figures;
  @Inject KnownObjects known;

  /** URLs by which an object that was deleted can be put back, by key. */
  private final Map<String, Upload> uploads = new HashMap<>();

  @BeforeEach
  void emptyTheStore() {
    uploads.clear();
    store.list(Blobs.FOLDER, "", 1_000).forEach(each -> store.delete(each.key()));
  }

  @Test
  void what_is_as_it_should_be_stays_so() {
    Made made = build(Farm.anyRecipe());
    round();
    assertThat(value("select string_agg(state, ' ') from blob")).isEqualTo("PRESENT PRESENT");
    assertThat(value("select count(*) from unknown_object")).isEqualTo("0");
    assertThat(artifact(made).expired()).isFalse();
  }

  @Test
  void a_record_whose_object_is_missing_is_expired_and_the_next_request_builds() {
    InlineRecipe recipe = Farm.anyRecipe();
    Made made = build(recipe);
    assertThat(farm.submit(recipe, null).status()).isEqualTo(200);
    store.delete(key(made));
    round();
    assertThat(artifact(made).expired()).isTrue();
    assertThat(farm.build(made.held().build()).artifacts())
        .filteredOn(each -> each.kind() == ArtifactKind.LOG)
        .noneMatch(ArtifactView::expired);
    assertThat(farm.get(artifact(made).url()).problem(ProblemType.EXPIRED).detail())
        .contains("a.img", made.held().build(), "ask for the build again");
    assertThat(farm.submit(recipe, null).as(202, RequestView.class).outcome()).isEqualTo("queued");
  }

  @Test
  void an_object_of_another_size_is_as_good_as_missing() {
    Made made = build(Farm.anyRecipe());
    sql("update blob set size = size + 1");
    round();
    assertThat(artifact(made).expired()).isTrue();
  }

  @Test
  void an_object_that_comes_back_ends_the_expiry() {
    InlineRecipe recipe = Farm.anyRecipe();
    Made made = build(recipe);
    String key = key(made);
    store.delete(key);
    round();
    assertThat(artifact(made).expired()).isTrue();
    // The collector leaves it alone while the record refers to it.
    sql("update blob set last_used_at = now() - interval '1000 days', collect_at = now()");
    collector.collect();
    putBack(key, made);
    round();
    assertThat(artifact(made).expired()).isFalse();
    assertThat(farm.get(artifact(made).url()).status()).isEqualTo(307);
    assertThat(farm.submit(recipe, null).status()).isEqualTo(200);
  }

  @Test
  void it_does_not_come_back_beside_bytes_that_were_sent_again() {
    Made made = build(Farm.anyRecipe());
    String key = key(made);
    store.delete(key);
    round();
    farm.queue(Farm.anyRecipe());
    Held second = worker.claim();
    worker.resolved(second, "any");
    worker.send(second, made.image());
    assertThat(
            worker.complete(second, produced("a.img", ArtifactKind.IMAGE, made.image())).status())
        .isEqualTo(200);
    putBack(key, made);
    round();
    assertThat(artifact(made).expired()).isTrue();
    assertThat(value("select count(*) from blob where state = 'PRESENT'")).isEqualTo("2");
  }

  /** The object may be deleted at any time from then on. */
  @Test
  void what_the_collector_has_just_taken_up_does_not_come_back() throws Exception {
    Made made = build(Farm.anyRecipe());
    String id =
        value(
            "select id from blob where sha256 = '%s'"
                .formatted(TestWorker.offer(made.image()).sha256()));
    sql("update blob set state = 'DOOMED' where id = '%s'".formatted(id));
    CompletableFuture<Boolean> restored;
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select 1 from blob where id = '%s' for update".formatted(id));
      restored = CompletableFuture.supplyAsync(() -> known.restore(id));
      Farm.eventually(
          "the check waits for the row",
          () ->
              value(
                      """
                      select count(*) from pg_stat_activity
                      where wait_event_type = 'Lock' and query like '%blob%'
                      """)
                  .equals("1"));
      sql("delete from artifact");
      statement.execute("update blob set collect_at = now() where id = '%s'".formatted(id));
      connection.commit();
    }
    assertThat(restored.get(30, TimeUnit.SECONDS)).isFalse();
    assertThat(value("select state from blob where id = '%s'".formatted(id))).isEqualTo("DOOMED");
  }

  @Test
  void an_expired_file_goes_with_its_record() {
    Made made = build(Farm.anyRecipe());
    store.delete(key(made));
    round();
    sql("delete from artifact");
    sql("update blob set collect_at = now()");
    collector.collect();
    assertThat(value("select count(*) from blob where state = 'DOOMED'")).isEqualTo("0");
  }

  @Test
  void an_object_without_a_row_is_deleted_a_long_while_after_it_was_first_seen() {
    Made made = build(Farm.anyRecipe());
    List<String> keys = store.list(Blobs.FOLDER, "", 10).stream().map(each -> each.key()).toList();
    assertThat(keys).hasSize(2).isSorted();
    // As if the database were yesterday's.
    sql("truncate artifact, attempt, flash_job, blob");
    round();
    assertThat(value("select count(*) from unknown_object")).isEqualTo("2");
    figures.refresh();
    assertThat(farm.get("/q/metrics").body())
        .contains("wrtfarm_blobs{state=\"unknown\"} 2.0")
        .contains("wrtfarm_blobs{state=\"present\"} 0.0");

    sql("update unknown_object set seen_at = now() - interval '167 hours'");
    round();
    assertThat(keys).allMatch(key -> store.sizeOf(key).isPresent());
    sql("update unknown_object set seen_at = now() - interval '169 hours'");
    round();
    assertThat(keys).allMatch(key -> store.sizeOf(key).isEmpty());
    assertThat(value("select count(*) from unknown_object")).isEqualTo("0");
    assertThat(farm.get("/q/metrics").body()).contains("wrtfarm_store_unknown_deleted_total");
    assertThat(made.image()).isNotEmpty();
  }

  @Test
  void an_object_that_a_row_knows_again_stays() {
    Made made = build(Farm.anyRecipe());
    sql(
        "insert into unknown_object (object_key, size, seen_at)"
            + " select object_key, size, now() - interval '1000 days' from blob");
    round();
    assertThat(value("select count(*) from unknown_object")).isEqualTo("0");
    assertThat(store.sizeOf(key(made))).isPresent();
  }

  @Test
  void a_listing_goes_on_after_the_key_it_ended_with() {
    build(Farm.anyRecipe());
    build(Farm.anyRecipe());
    List<ObjectStore.Listed> all = store.list(Blobs.FOLDER, "", 10);
    assertThat(all).hasSize(4);
    assertThat(store.list(Blobs.FOLDER, "", 3)).isEqualTo(all.subList(0, 3));
    assertThat(store.list(Blobs.FOLDER, all.get(1).key(), 10)).isEqualTo(all.subList(2, 4));
  }

  @Test
  void a_round_is_due_a_day_after_the_last_and_somebody_elses_page_is_not_taken() {
    build(Farm.anyRecipe());
    round();
    sql("delete from blob where id not in (select blob_id from artifact)");
    String ended = value("select ended_at from store_check");
    check.check();
    assertThat(value("select ended_at from store_check")).isEqualTo(ended);
    sql(
        "update store_check set ended_at = now() - interval '25 hours',"
            + " held_until = now() + interval '1 minute'");
    ended = value("select ended_at from store_check");
    check.check();
    assertThat(value("select ended_at from store_check")).isEqualTo(ended);
  }

  private record Made(Held held, byte[] image) {}

  private Made build(InlineRecipe recipe) {
    farm.queue(recipe);
    Held held = worker.claim();
    worker.resolved(held, "any");
    byte[] image = bytes();
    byte[] log = bytes();
    for (Upload upload : worker.blobs(held, image, log)) {
      byte[] bytes = upload.sha256().equals(TestWorker.offer(image).sha256()) ? image : log;
      assertThat(TestWorker.put(upload, bytes).status()).isEqualTo(200);
      uploads.put(upload.url().replaceFirst(".*/(blobs/[^?]*)[?].*", "$1"), upload);
    }
    Answer ended =
        worker.complete(
            held,
            produced("a.img", ArtifactKind.IMAGE, image),
            produced("build.log", ArtifactKind.LOG, log));
    assertThat(ended.status()).isEqualTo(200);
    return new Made(held, image);
  }

  private ArtifactView artifact(Made made) {
    return farm.build(made.held().build()).artifacts().getFirst();
  }

  private String key(Made made) {
    return value(
        "select object_key from blob where sha256 = '%s'"
            .formatted(TestWorker.offer(made.image()).sha256()));
  }

  private void putBack(String key, Made made) {
    Upload upload = Objects.requireNonNull(uploads.get(key));
    assertThat(TestWorker.put(upload, made.image()).status()).isEqualTo(200);
  }

  /** A whole round of the check, as if a day had gone by. */
  private void round() {
    sql(
        "update store_check set after_key = '', held_until = now(),"
            + " ended_at = now() - interval '25 hours'");
    check.check();
    assertThat(value("select after_key from store_check")).isEmpty();
  }
}
