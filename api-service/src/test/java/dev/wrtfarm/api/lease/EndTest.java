package dev.wrtfarm.api.lease;

import static dev.wrtfarm.api.TestWorker.produced;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.Answer;
import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.TestWorker;
import dev.wrtfarm.api.TestWorker.Held;
import dev.wrtfarm.common.build.ArtifactKind;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.common.rest.ArtifactView;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.InlineRecipe;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.common.worker.EndReply;
import dev.wrtfarm.common.worker.ResolvedReply;
import dev.wrtfarm.common.worker.Upload;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EndTest extends FarmTest {
  @Test
  void what_was_built_can_be_downloaded() {
    farm.queue(Farm.anyRecipe());
    byte[] image = bytes();
    Held held = worker.build("any", image, bytes());

    BuildView build = farm.build(held.build());
    assertThat(build.state()).isEqualTo(BuildState.SUCCEEDED);
    assertThat(build.stageMillis()).isEqualTo(TestWorker.MILLIS);
    assertThat(build.archive()).isEqualTo("imagebuilder.tar.zst");
    assertThat(build.imageId()).hasSize(16);
    ArtifactView file = build.artifacts().getFirst();
    assertThat(file.sha256()).isEqualTo(Sha256.of(image).hex());
    assertThat(file.filesystem()).isEqualTo("squashfs");

    Answer redirect = farm.get(file.url());
    assertThat(redirect.status()).isEqualTo(307);
    String location = redirect.headers().firstValue("location").orElseThrow();
    Answer download = Farm.send(HttpRequest.newBuilder(URI.create(location)));
    assertThat(download.body()).isEqualTo(new String(image, StandardCharsets.UTF_8));
    assertThat(download.headers().firstValue("content-disposition").orElseThrow())
        .isEqualTo("attachment; filename=\"image.img.gz\"");
  }

  @Test
  void an_upload_is_bound_to_its_bytes_and_its_checksum() {
    farm.queue(Farm.anyRecipe());
    Held held = worker.claim();
    byte[] bytes = bytes();
    Upload upload = worker.blobs(held, bytes).getFirst();
    assertThat(upload.url()).contains("/blobs/" + upload.sha256().substring(0, 2) + "/");

    assertThat(TestWorker.put(upload, bytes()).status()).isBetween(400, 499);
    Upload other =
        new Upload(upload.sha256(), upload.url(), Map.of("Content-MD5", TestWorker.md5(bytes())));
    assertThat(TestWorker.put(other, bytes).status()).isEqualTo(403);
    Upload without = new Upload(upload.sha256(), upload.url(), Map.of());
    assertThat(TestWorker.put(without, bytes).status()).isEqualTo(403);
    assertThat(TestWorker.put(upload, bytes).status()).isEqualTo(200);
  }

  @Test
  void an_object_that_is_there_is_not_sent_again() {
    byte[] shared = bytes();
    farm.queue(Farm.anyRecipe());
    worker.build("any", shared, bytes());
    farm.queue(Farm.anyRecipe());
    Held held = worker.claim();
    byte[] fresh = bytes();
    assertThat(worker.blobs(held, shared, fresh))
        .extracting(Upload::sha256)
        .containsExactly(Sha256.of(fresh).hex());
  }

  @Test
  void what_did_not_arrive_is_asked_for_again_and_nothing_has_ended() {
    farm.queue(Farm.anyRecipe());
    Held held = worker.claim();
    worker.resolved(held, "any");
    byte[] image = bytes();
    byte[] other = bytes();
    worker.send(held, other);
    worker.blobs(held, image);
    EndReply reply =
        worker
            .complete(
                held,
                produced("a.img", ArtifactKind.IMAGE, image),
                produced("b.img", ArtifactKind.IMAGE, other))
            .as(200, EndReply.class);
    assertThat(reply).isEqualTo(new EndReply(BuildState.RUNNING, List.of(Sha256.of(image).hex())));
    worker.send(held, image);
    assertThat(
            worker
                .complete(held, produced("a.img", ArtifactKind.IMAGE, image))
                .as(200, EndReply.class)
                .state())
        .isEqualTo(BuildState.SUCCEEDED);
  }

  @Test
  void an_object_that_the_store_lost_is_asked_for_again() {
    farm.queue(Farm.anyRecipe());
    byte[] image = bytes();
    worker.build("any", image, bytes());
    // As if the object were gone: its row says PRESENT, and the store knows no such key.
    sql("update blob set object_key = 'gone-' || id");
    farm.queue(Farm.anyRecipe());
    Held held = worker.claim();
    worker.resolved(held, "any");
    assertThat(worker.blobs(held, image)).isEmpty();
    EndReply reply =
        worker.complete(held, produced("a.img", ArtifactKind.IMAGE, image)).as(200, EndReply.class);
    assertThat(reply.sendAgain()).containsExactly(Sha256.of(image).hex());
    worker.send(held, image);
    assertThat(
            worker
                .complete(held, produced("a.img", ArtifactKind.IMAGE, image))
                .as(200, EndReply.class)
                .sendAgain())
        .isEmpty();
  }

  @Test
  void the_same_end_again_gets_the_same_answer_and_another_end_does_not() {
    farm.queue(Farm.anyRecipe());
    byte[] image = bytes();
    Held held = worker.claim();
    worker.resolved(held, "any");
    worker.send(held, image);
    var file = produced("a.img", ArtifactKind.IMAGE, image);
    Answer first = worker.complete(held, file);
    assertThat(worker.complete(held, file).body()).isEqualTo(first.body());
    worker.fail(held, FailureReason.UNKNOWN).problem(ProblemType.LEASE_LOST);
    worker.heartbeat(held).problem(ProblemType.LEASE_LOST);

    farm.queue(Farm.anyRecipe());
    Held failing = worker.claim();
    Answer failed = worker.fail(failing, FailureReason.DISK_FULL);
    assertThat(failed.as(200, EndReply.class).state()).isEqualTo(BuildState.QUEUED);
    assertThat(worker.fail(failing, FailureReason.DISK_FULL).body()).isEqualTo(failed.body());
    worker.complete(failing, file).problem(ProblemType.LEASE_LOST);
  }

  @Test
  void a_build_whose_image_exists_ends_reused_and_shows_its_files() {
    InlineRecipe recipe = Farm.anyRecipe();
    farm.queue(recipe);
    Held first = worker.build("the same packages", bytes(), bytes());
    sql("update build set confirmed_at = now() - interval '30 hours'");

    String again = farm.queue(recipe).build().id();
    Held second = worker.claim();
    ResolvedReply reply = worker.resolved(second, "the same packages").as(200, ResolvedReply.class);
    assertThat(reply.reused()).isTrue();
    assertThat(worker.resolved(second, "the same packages").as(200, ResolvedReply.class))
        .isEqualTo(reply);
    BuildView build = farm.build(again);
    assertThat(build.state()).isEqualTo(BuildState.REUSED);
    assertThat(build.reusedFrom()).isEqualTo(first.build());
    assertThat(build.imageId()).isEqualTo(reply.imageId());
    assertThat(farm.get(build.artifacts().getFirst().url()).status()).isEqualTo(307);
    // The record counts as confirmed: it answers at once again.
    assertThat(farm.submit(recipe, null).status()).isEqualTo(200);
  }

  @Test
  void other_packages_another_image() {
    InlineRecipe recipe = Farm.anyRecipe();
    farm.queue(recipe);
    worker.build("old packages", bytes(), bytes());
    sql("update build set confirmed_at = now() - interval '30 hours'");
    farm.queue(recipe);
    Held second = worker.claim();
    assertThat(worker.resolved(second, "new packages").as(200, ResolvedReply.class).reused())
        .isFalse();
  }

  @Test
  void a_build_that_must_build_does_and_so_does_one_whose_record_lost_its_objects() {
    InlineRecipe recipe = Farm.anyRecipe();
    farm.queue(recipe);
    worker.build("the same packages", bytes(), bytes());
    sql("update build set confirmed_at = now() - interval '30 hours'");
    farm.queue(recipe);
    sql("update build set must_build = true where state = 'QUEUED'");
    Held held = worker.claim();
    assertThat(worker.resolved(held, "the same packages").as(200, ResolvedReply.class).reused())
        .isFalse();
    sql("update build set must_build = false");
    sql("update blob set state = 'DOOMED'");
    assertThat(worker.resolved(held, "the same packages").as(200, ResolvedReply.class).reused())
        .isFalse();
  }

  @Test
  void files_that_are_not_what_was_sent_or_said_are_refused() {
    farm.queue(Farm.anyRecipe());
    Held held = worker.claim();
    byte[] image = bytes();
    var file = produced("a.img", ArtifactKind.IMAGE, image);
    worker.send(held, image);
    assertThat(worker.complete(held, file).problem(ProblemType.INVALID_REQUEST).detail())
        .contains("resolved");
    worker.resolved(held, "any");
    worker
        .complete(held, produced("../a.img", ArtifactKind.IMAGE, image))
        .problem(ProblemType.INVALID_REQUEST);
    worker.complete(held, file, file).problem(ProblemType.INVALID_REQUEST);
    assertThat(worker.complete(held, file).status()).isEqualTo(200);
  }
}
