package dev.wrtfarm.api.artifact;

import static dev.wrtfarm.api.TestWorker.produced;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.Answer;
import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.TestWorker.Held;
import dev.wrtfarm.common.build.ArtifactKind;
import dev.wrtfarm.common.worker.EndReply;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;

/** Objects that builds have left, made as old as a test needs them. */
@SuppressWarnings("NullAway.Init")
abstract class BlobTest extends FarmTest {
  @Inject Collector collector;

  EndReply complete(Held held, byte[] image) {
    return worker
        .complete(held, produced("a.img", ArtifactKind.IMAGE, image))
        .as(200, EndReply.class);
  }

  Held built() {
    return built("any").held();
  }

  record Made(Held held, byte[] image) {}

  Made built(String packages) {
    farm.queue(Farm.anyRecipe());
    byte[] image = bytes();
    return new Made(worker.build(packages, image, bytes()), image);
  }

  /** As if retention had been there. */
  void forgetRecords() {
    sql("delete from artifact");
  }

  void age(String by) {
    sql("update blob set last_used_at = now() - interval '%s'".formatted(by));
  }

  String states() {
    return value("select coalesce(string_agg(state, ' '), '') from blob");
  }

  List<String> keys() {
    return List.of(value("select string_agg(object_key, ' ') from blob").split(" "));
  }

  static Answer follow(Answer redirect) {
    assertThat(redirect.status()).isEqualTo(307);
    return Farm.send(
        HttpRequest.newBuilder(
            URI.create(redirect.headers().firstValue("location").orElseThrow())));
  }
}
