package dev.wrtfarm.api.artifact;

import static dev.wrtfarm.common.build.FailureReason.PACKAGE_MISSING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.TestWorker;
import dev.wrtfarm.api.TestWorker.Held;
import dev.wrtfarm.common.build.ArtifactKind;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.common.worker.EndReply;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A service whose object store is away all the time. */
@QuarkusTest
@TestProfile(StoreAwayTest.NoStore.class)
class StoreAwayTest extends FarmTest {
  /** Nothing listens on the store's address. */
  public static class NoStore implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("wrtfarm.s3.endpoint", "http://127.0.0.1:1");
    }
  }

  @Override
  protected void awaitStore() {
    // It never comes.
  }

  @Test
  void whatever_the_store_is_asked_it_is_unavailable() {
    for (ThrowingCallable question :
        List.<ThrowingCallable>of(
            store::makeBucketIfMissing,
            () -> store.sizeOf("any"),
            () -> store.list(Blobs.FOLDER, "", 1),
            () -> store.read("any", 0, 1),
            () -> store.delete("any"))) {
      assertThatThrownBy(question).isInstanceOf(StoreUnavailable.class);
    }
  }

  @Test
  void a_failure_does_not_wait_for_the_store_that_should_have_its_log() {
    farm.queue(Farm.anyRecipe());
    Held held = worker.claim();
    byte[] log = bytes();
    worker.blobs(held, log);
    EndReply withLog =
        worker
            .fail(held, PACKAGE_MISSING, TestWorker.produced("build.log", ArtifactKind.LOG, log))
            .as(200, EndReply.class);
    assertThat(withLog).isEqualTo(new EndReply(BuildState.RUNNING, List.of(Sha256.of(log).hex())));
    assertThat(worker.fail(held, PACKAGE_MISSING).as(200, EndReply.class).state())
        .isEqualTo(BuildState.FAILED);
  }

  @Test
  void a_success_does() {
    farm.queue(Farm.anyRecipe());
    Held held = worker.claim();
    worker.resolved(held, "any");
    byte[] image = bytes();
    worker.blobs(held, image);
    worker
        .complete(held, TestWorker.produced("a.img", ArtifactKind.IMAGE, image))
        .problem(ProblemType.UNAVAILABLE);
    assertThat(farm.build(held.build()).state()).isEqualTo(BuildState.RUNNING);
  }
}
