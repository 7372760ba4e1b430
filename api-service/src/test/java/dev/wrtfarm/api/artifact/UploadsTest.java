package dev.wrtfarm.api.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.TestWorker;
import dev.wrtfarm.api.TestWorker.Held;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.common.worker.BlobOffer;
import dev.wrtfarm.common.worker.BlobsReply;
import dev.wrtfarm.common.worker.BlobsRequest;
import dev.wrtfarm.common.worker.EndReply;
import dev.wrtfarm.common.worker.Upload;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a worker sends, and what its end refers to, while the collector is at work. */
@QuarkusTest
class UploadsTest extends BlobTest {
  @Test
  void a_worker_that_is_told_not_to_send_finds_the_object_at_its_end() {
    byte[] shared = built("shared").image();
    age("1000 days");
    forgetRecords();
    farm.queue(Farm.anyRecipe());
    Held held = worker.claim();
    worker.resolved(held, "any");
    assertThat(worker.blobs(held, shared)).isEmpty();
    collector.collect();
    assertThat(complete(held, shared).sendAgain()).isEmpty();
    collector.collect();
    String file = farm.build(held.build()).artifacts().getFirst().url();
    assertThat(follow(farm.get(file)).status()).isEqualTo(200);
  }

  @Test
  void an_end_that_comes_after_the_collector_is_asked_to_send_again() {
    byte[] shared = built("shared").image();
    forgetRecords();
    farm.queue(Farm.anyRecipe());
    Held held = worker.claim();
    worker.resolved(held, "any");
    assertThat(worker.blobs(held, shared)).isEmpty();
    age("1000 days");
    collector.collect();
    EndReply reply = complete(held, shared);
    assertThat(reply).isEqualTo(new EndReply(BuildState.RUNNING, List.of(Sha256.of(shared).hex())));
    worker.send(held, shared);
    assertThat(complete(held, shared).state()).isEqualTo(BuildState.SUCCEEDED);
  }

  @Test
  void an_upload_of_a_lost_lease_serves_whoever_ends_with_it_and_else_it_goes() {
    farm.queue(Farm.anyRecipe());
    Held lost = worker.claim();
    byte[] taken = bytes();
    byte[] abandoned = bytes();
    worker.send(lost, taken, abandoned);
    loseLease(lost);
    Farm.eventually(
        "the lease is lost", () -> farm.build(lost.build()).state() == BuildState.QUEUED);
    Held held = farm.worker("worker-2").claim();
    assertThat(held.build()).isEqualTo(lost.build());
    worker
        .post("blobs", new BlobsRequest(lost.lease(), List.of(TestWorker.offer(taken))))
        .problem(ProblemType.LEASE_LOST);
    worker.resolved(held, "any");
    assertThat(complete(held, taken).state()).isEqualTo(BuildState.SUCCEEDED);
    sql("update blob set put_until = now() - interval '1 day'");
    age("1 day");
    collector.collect();
    assertThat(value("select string_agg(sha256, ' ') from blob")).isEqualTo(Sha256.of(taken).hex());
    String file = farm.build(held.build()).artifacts().getFirst().url();
    assertThat(follow(farm.get(file)).status()).isEqualTo(200);
  }

  @Test
  void an_upload_that_is_not_as_long_as_was_said_is_asked_for_again() {
    farm.queue(Farm.anyRecipe());
    Held held = worker.claim();
    worker.resolved(held, "any");
    byte[] file = bytes();
    BlobOffer longer = new BlobOffer(Sha256.of(file).hex(), file.length + 1, TestWorker.md5(file));
    Upload upload =
        worker
            .post("blobs", new BlobsRequest(held.lease(), List.of(longer)))
            .as(200, BlobsReply.class)
            .uploads()
            .getFirst();
    assertThat(TestWorker.put(upload, file).status()).isEqualTo(200);
    assertThat(complete(held, file).sendAgain()).containsExactly(Sha256.of(file).hex());
    worker.send(held, file);
    assertThat(complete(held, file).state()).isEqualTo(BuildState.SUCCEEDED);
  }

  @Test
  void no_key_is_ever_given_out_twice() {
    farm.queue(Farm.anyRecipe());
    Held held = worker.claim();
    worker.resolved(held, "any");
    byte[] file = bytes();
    String first = worker.blobs(held, file).getFirst().url();
    String second = worker.blobs(held, file).getFirst().url();
    worker.send(held, file);
    assertThat(complete(held, file).state()).isEqualTo(BuildState.SUCCEEDED);
    String third = value("select object_key from blob where state = 'PRESENT'");
    forgetRecords();
    age("1000 days");
    sql("update blob set put_until = now() - interval '1000 days'");
    collector.collect();
    assertThat(states()).isEmpty();

    farm.queue(Farm.anyRecipe());
    String fourth = worker.blobs(worker.claim(), file).getFirst().url();
    assertThat(Stream.of(first, second, third, fourth).map(UploadsTest::key))
        .allMatch(key -> key.contains(Sha256.of(file).hex()))
        .doesNotHaveDuplicates();
  }

  /** The object's key in a URL, or the key itself. */
  private static String key(String url) {
    return url.replaceFirst(".*(blobs/[^?]*).*", "$1");
  }
}
