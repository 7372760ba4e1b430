package dev.wrtfarm.flash.agent;

import static dev.wrtfarm.flash.agent.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrtfarm.common.agent.FlashClaim;
import dev.wrtfarm.common.agent.FlashLease;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.flash.farm.Farm;
import dev.wrtfarm.flash.farm.Patience;
import dev.wrtfarm.flash.image.ImageRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another run's image takes the room that the job's image needs. */
class JobImageTest {
  @TempDir Path folder;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService worker = Executors.newSingleThreadExecutor();
  private Lab lab;
  private JobStandIn job;
  private Path ofTheOther;
  private JobImage images;
  private Heartbeat heartbeat;

  @BeforeEach
  void set_up() throws Exception {
    lab = new Lab(folder);
    long size = Files.size(lab.image());
    Path cache = Files.createDirectories(lab.data().resolve("images"));
    Path other = Files.write(cache.resolve("a".repeat(64)), new byte[1]);
    ofTheOther = Files.createLink(folder.resolve("of-the-other"), other);
    images =
        new JobImage(
            new ImageCache(
                cache, size, size, new ImageFetch(ImageHosts.ANY, timer), InstantSource.system()),
            Duration.ofMillis(10));
    job = lab.submit(FlashKind.FLASH);
    String nonce = "0123456789abcdef";
    assertThat(job.claim(new FlashClaim("lab", List.of(Lab.SLOT), nonce, 1))).isNotNull();
    Path token = Files.writeString(folder.resolve("agent.token"), lab.farm().renewToken());
    Patience often =
        new Patience(
            Patience.USUAL.backoff(),
            Patience.USUAL.brief(),
            Patience.USUAL.patient(),
            Duration.ofMillis(20),
            Patience.USUAL.claimWait());
    heartbeat =
        Heartbeat.start(
            new Farm(List.of(lab.farm().url()), token, often),
            new FlashLease(job.id, 1, nonce),
            "look");
  }

  @AfterEach
  void end() {
    heartbeat.close();
    worker.shutdownNow();
    timer.shutdownNow();
    lab.close();
  }

  @Test
  void the_job_waits_until_the_other_run_is_over() throws Exception {
    Future<byte[]> got = worker.submit(this::get);
    eventually("waits", () -> job.details.stream().anyMatch(JobImageTest::saysWhy));
    assertThat(got.isDone()).isFalse();

    Files.delete(ofTheOther);

    assertThat(got.get(5, TimeUnit.MINUTES)).isEqualTo(Files.readAllBytes(lab.image()));
  }

  @Test
  void a_job_that_is_cancelled_does_not_wait_any_more() throws Exception {
    Future<byte[]> got = worker.submit(this::get);
    eventually("waits", () -> job.details.stream().anyMatch(JobImageTest::saysWhy));

    job.resolve(FlashState.CANCELLED);

    assertThatThrownBy(() -> got.get(5, TimeUnit.MINUTES))
        .cause()
        .isInstanceOf(ImageRefused.class)
        .hasMessage("sample.img is not wanted any more");
  }

  private byte[] get() throws Exception {
    try (ImageCache.Cached image = images.get(job.image, heartbeat)) {
      return Files.readAllBytes(image.file());
    }
  }

  private static boolean saysWhy(String detail) {
    return detail.startsWith("waits: sample.img needs") && detail.contains("cache-size");
  }
}
