package dev.wrtfarm.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrtfarm.common.build.ArtifactKind;
import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.common.worker.Claim;
import dev.wrtfarm.worker.attempt.BuildFailed;
import dev.wrtfarm.worker.attempt.Progress;
import dev.wrtfarm.worker.farm.Backoff;
import dev.wrtfarm.worker.farm.Farm;
import dev.wrtfarm.worker.farm.LeasedBuild;
import dev.wrtfarm.worker.testing.Eventually;
import dev.wrtfarm.worker.testing.Meanwhile;
import dev.wrtfarm.worker.testing.StandInFarm;
import dev.wrtfarm.worker.testing.StandInFarm.Fault;
import dev.wrtfarm.worker.testing.Workshop;
import dev.wrtfarm.worker.verify.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files on their way to a store that does not always take them. */
class PublisherTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration HOUR = Duration.ofHours(1);

  /** Longer than a store that is there ever stands still. */
  private static final Duration STALL = Duration.ofSeconds(30);

  private static final Recipe RECIPE = Recipe.of("24.10.0", "x86/64", "generic");
  private static final Claim CLAIM = new Claim("build-1", 1, RECIPE, RECIPE.digest().hex(), 1, 45);
  private static final byte[] IMAGE = new byte[3 << 20];

  @TempDir Path dir;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private StandInFarm farm;
  private LeasedBuild build;
  private Path image;
  private Path log;

  @BeforeEach
  void open() throws IOException {
    farm = new StandInFarm();
    build =
        new Farm(List.of(farm.url()), StandInFarm.tokenFile(dir), Workshop.IMPATIENT)
            .leased(CLAIM, "0".repeat(32));
    image = Files.write(dir.resolve("image.img.gz"), IMAGE);
    log = Files.writeString(dir.resolve("the.log"), "it went well\n");
  }

  @AfterEach
  void close() {
    farm.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 500, 503})
  void a_store_that_refuses_is_asked_again_with_new_addresses(int status) throws Exception {
    farm.breaks("store", status);
    Meanwhile end = publishing(STALL, HOUR);
    Eventually.holds("blobs is repeated", LIMIT, () -> farm.calls("blobs").size() >= 3);
    assertThat(farm.calls("complete")).isEmpty();
    assertThat(failed.get()).isPositive();
    farm.mends("store");
    end.ends(LIMIT);
    assertPublished();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void a_store_that_does_not_answer_is_asked_again(Fault fault) throws Exception {
    farm.breaks("store", fault);
    Meanwhile end = publishing(Duration.ofMillis(700), HOUR);
    Eventually.holds("the store is tried again", LIMIT, () -> farm.puts() >= 3);
    farm.mends("store");
    end.ends(LIMIT);
    assertPublished();
  }

  @Test
  void a_store_that_is_away_for_longer_than_the_patience_fails_the_build() {
    farm.breaks("store", 503);
    assertThatThrownBy(() ->
            publisher(STALL, Duration.ofMillis(300)).complete(build, files(), log, new Progress()))
        .isInstanceOf(BuildFailed.class)
        .hasMessageContaining("STORE_FAILED")
        .hasMessageNotContaining("signature");
    assertThat(farm.calls("complete")).isEmpty();
  }

  @Test
  void the_api_may_be_away_at_any_moment() throws Exception {
    farm.breaks("blobs", 503);
    farm.breaks("complete", 500);
    Meanwhile end = publishing(STALL, Duration.ofMillis(100));
    Eventually.holds("blobs is repeated", LIMIT, () -> farm.calls("blobs").size() >= 5);
    farm.mends("blobs");
    Eventually.holds("complete is repeated", LIMIT, () -> farm.calls("complete").size() >= 5);
    farm.mends("complete");
    end.ends(LIMIT);
    assertPublished();
  }

  private void assertPublished() {
    assertThat(farm.stored(Sha256.of(IMAGE).hex())).isEqualTo(IMAGE);
    assertThat(farm.calls("complete").getLast().body().path("artifacts")).hasSize(2);
    assertThat(sent.get()).isGreaterThanOrEqualTo(IMAGE.length);
  }

  private Meanwhile publishing(Duration stall, Duration patience) {
    return Meanwhile.does(
        () -> publisher(stall, patience).complete(build, files(), log, new Progress()));
  }

  private List<OutputFile> files() {
    return List.of(new OutputFile(image, ArtifactKind.IMAGE, "combined", "squashfs"));
  }

  private Publisher publisher(Duration stall, Duration patience) {
    Store store =
        new Store(
            stall,
            (bytes, stored) -> {
              sent.addAndGet(bytes);
              failed.addAndGet(stored ? 0 : 1);
            });
    Backoff backoff = new Backoff(Duration.ofMillis(10), Duration.ofMillis(50));
    return new Publisher(store, backoff, patience);
  }
}
