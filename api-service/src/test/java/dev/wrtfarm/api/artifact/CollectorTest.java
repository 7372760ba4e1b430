package dev.wrtfarm.api.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.Answer;
import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.TestWorker;
import dev.wrtfarm.api.TestWorker.Held;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.common.worker.Upload;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@SuppressWarnings("NullAway.Init")
class CollectorTest extends BlobTest {
  @Inject UnusedBlobs rows;

  @Test
  void it_knows_everything_that_can_refer_to_an_object() {
    String referring =
        value(
            """
            select string_agg(c.conrelid::regclass || '.' || a.attname, ' ' order by a.attname desc, c.conrelid::regclass::text)
            from pg_constraint c join pg_attribute a
              on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
            where c.contype = 'f' and c.confrelid = 'blob'::regclass
            """);
    assertThat(referring).isEqualTo("attempt.log_blob artifact.blob_id flash_job.blob_id");
    assertThat(UnusedBlobs.UNREFERRED)
        .contains(
            "artifact a where a.blob_id",
            "attempt t where t.log_blob",
            "flash_job f where f.blob_id");
  }

  @Test
  void what_a_record_refers_to_stays_however_old_it_is() {
    Held held = built();
    age("1000 days");
    collector.collect();
    assertThat(states()).isEqualTo("PRESENT PRESENT");
    String file = farm.build(held.build()).artifacts().getFirst().url();
    assertThat(follow(farm.get(file)).status()).isEqualTo(200);
  }

  @Test
  void what_nobody_refers_to_goes_when_every_reader_must_be_done() {
    built();
    List<String> keys = keys();
    forgetRecords();
    collector.collect();
    assertThat(states()).as("used just now").isEqualTo("PRESENT PRESENT");
    // A URL of an hour, a touch that was left out, a download of an hour, and the clocks' slack.
    age("139 minutes");
    collector.collect();
    assertThat(states()).isEqualTo("PRESENT PRESENT");
    age("141 minutes");
    collector.collect();
    assertThat(states()).isEmpty();
    assertThat(keys).hasSize(2).allMatch(key -> store.sizeOf(key).isEmpty());
  }

  @Test
  void a_log_of_a_failed_attempt_is_something_that_is_referred_to() {
    built();
    sql("update attempt set log_blob = (select blob_id from artifact where kind = 'LOG')");
    sql("delete from artifact");
    age("1000 days");
    collector.collect();
    assertThat(states()).isEqualTo("PRESENT");
  }

  @Test
  void a_url_that_was_handed_out_is_a_use() {
    Held held = built();
    age("1000 days");
    String file = farm.build(held.build()).artifacts().getFirst().url();
    Answer redirect = farm.get(file);
    forgetRecords();
    collector.collect();
    assertThat(states()).isEqualTo("PRESENT");
    assertThat(follow(redirect).status()).isEqualTo(200);
  }

  @Test
  void uses_that_follow_one_another_closely_are_written_down_once() {
    Held held = built();
    String file = farm.build(held.build()).artifacts().getFirst().url();
    sql("update blob set last_used_at = now() - interval '14 minutes'");
    String before = value("select min(last_used_at) from blob");
    farm.get(file);
    assertThat(value("select max(last_used_at) from blob")).isEqualTo(before);
    sql("update blob set last_used_at = now() - interval '16 minutes'");
    farm.get(file);
    assertThat(value("select max(last_used_at) > now() - interval '1 minute' from blob"))
        .isEqualTo("true");
  }

  @Test
  void an_abandoned_upload_goes_when_no_upload_can_be_going_on() {
    farm.queue(Farm.anyRecipe());
    Held held = worker.claim();
    byte[] sent = bytes();
    List<Upload> uploads = worker.blobs(held, sent, bytes());
    uploads.stream()
        .filter(each -> each.sha256().equals(Sha256.of(sent).hex()))
        .forEach(each -> assertThat(TestWorker.put(each, sent).status()).isEqualTo(200));
    List<String> keys = keys();
    sql("update blob set put_until = now() - interval '64 minutes'");
    collector.collect();
    assertThat(states()).isEqualTo("PENDING PENDING");
    sql("update blob set put_until = now() - interval '66 minutes'");
    collector.collect();
    assertThat(states()).isEmpty();
    assertThat(keys).allMatch(key -> store.sizeOf(key).isEmpty());
  }

  @Test
  void what_came_to_be_used_before_its_row_was_locked_is_spared() {
    built();
    age("1000 days");
    List<String> ids = List.of(value("select string_agg(id, ' ') from blob").split(" "));
    assertThat(rows.doomUnused(ids)).as("a record refers to them").isZero();
    forgetRecords();
    sql("update blob set last_used_at = now() where id = '%s'".formatted(ids.getFirst()));
    assertThat(rows.doomUnused(ids)).as("one was handed out").isEqualTo(1);
    assertThat(value("select id from blob where state = 'PRESENT'")).isEqualTo(ids.getFirst());
  }

  @Test
  void an_object_that_was_not_seen_to_be_gone_is_deleted_again() {
    built();
    String key = keys().getFirst();
    forgetRecords();
    sql("update blob set state = 'DOOMED', collect_at = now() + interval '1 minute'");
    collector.collect();
    assertThat(store.sizeOf(key)).as("another replica is at it").isPresent();
    sql("update blob set collect_at = now()");
    collector.collect();
    assertThat(states()).isEmpty();
    assertThat(store.sizeOf(key)).isEmpty();
  }

  @Test
  void what_it_does_can_be_seen() {
    double before = counter("wrtfarm_collected_objects_total");
    double bytes = counter("wrtfarm_collected_bytes_total");
    built();
    String size = value("select sum(size) from blob");
    forgetRecords();
    age("1000 days");
    collector.collect();
    assertThat(counter("wrtfarm_collected_objects_total")).isEqualTo(before + 2);
    assertThat(counter("wrtfarm_collected_bytes_total"))
        .isEqualTo(bytes + Double.parseDouble(size));
  }

  private double counter(String name) {
    return farm.get("/q/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .sum();
  }

  @Test
  void a_row_that_somebody_holds_is_passed_over() throws Exception {
    built();
    forgetRecords();
    age("1000 days");
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select 1 from blob order by id limit 1 for update");
      collector.collect();
      assertThat(states()).isEqualTo("PRESENT");
      connection.rollback();
    }
    collector.collect();
    assertThat(states()).isEmpty();
  }
}
