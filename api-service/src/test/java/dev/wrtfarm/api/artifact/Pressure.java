package dev.wrtfarm.api.artifact;

import static dev.wrtfarm.api.TestWorker.produced;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wrtfarm.api.Answer;
import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.TestWorker;
import dev.wrtfarm.api.TestWorker.Held;
import dev.wrtfarm.common.build.ArtifactKind;
import dev.wrtfarm.common.rest.ArtifactView;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.InlineRecipe;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.common.worker.EndReply;
import dev.wrtfarm.common.worker.ResolvedReply;
import dev.wrtfarm.common.worker.Upload;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** What builders and readers do, and what went wrong with it. */
final class Pressure {
  private static final int RECIPES = 12;
  private static final int FILES = 80;
  private static final int PACKAGE_SETS = 2;
  private static final int TRIES = 20;

  /** The shortest that the farm promises; see {@link ShortLives}. */
  private static final Duration URL = Duration.ofSeconds(3);

  private final Farm farm;
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicInteger downloads = new AtomicInteger();
  private final AtomicInteger late = new AtomicInteger();
  private final AtomicInteger ends = new AtomicInteger();
  private final AtomicInteger reused = new AtomicInteger();
  private final AtomicInteger sentAgain = new AtomicInteger();
  private final AtomicInteger gone = new AtomicInteger();
  private volatile boolean stopped;

  Pressure(Farm farm) {
    this.farm = farm;
  }

  Thread start(String name, Runnable step) {
    return Thread.ofVirtual()
        .name(name)
        .start(() -> {
          while (goesOn()) {
            try {
              step.run();
            } catch (RuntimeException | AssertionError e) {
              wrong.add(name + ": " + e);
            }
          }
        });
  }

  boolean goesOn() {
    return !stopped && wrong.isEmpty();
  }

  void stop() {
    stopped = true;
  }

  List<String> wrong() {
    return List.copyOf(wrong);
  }

  int downloads() {
    return downloads.get();
  }

  int ends() {
    return ends.get();
  }

  int reused() {
    return reused.get();
  }

  private static int any(int bound) {
    return ThreadLocalRandom.current().nextInt(bound);
  }

  private static byte[] file() {
    return ("a file that many builds have, number " + any(FILES)).getBytes(UTF_8);
  }

  /** One that others ask for as well, or one that nobody asks for again. */
  private static InlineRecipe recipe() {
    return any(2) == 0 ? Farm.anyRecipe() : Farm.recipe("24.10.0", "recipe-" + any(RECIPES));
  }

  /** Asks for a build, and takes any that waits to an end of some kind. */
  void build(TestWorker worker) {
    farm.submit(recipe(), null);
    Optional<Held> claimed = worker.claim(TestWorker.nonce());
    if (claimed.isEmpty()) {
      return;
    }
    Held held = claimed.get();
    Answer resolved = worker.resolved(held, "set-" + any(PACKAGE_SETS));
    if (resolved.as(200, ResolvedReply.class).reused()) {
      reused.incrementAndGet();
      return;
    }
    byte[] image = file();
    byte[] log = file();
    if (Arrays.equals(image, log)) {
      worker.release(held);
      return;
    }
    send(worker, held, image, log);
    if (any(5) == 0) {
      // What was sent is nobody's.
      worker.release(held);
      return;
    }
    end(worker, held, image, log);
  }

  private void end(TestWorker worker, Held held, byte[] image, byte[] log) {
    for (int i = 0; i < TRIES; i++) {
      EndReply reply =
          worker
              .complete(
                  held,
                  produced("a.img", ArtifactKind.IMAGE, image),
                  produced("build.log", ArtifactKind.LOG, log))
              .as(200, EndReply.class);
      if (reply.sendAgain().isEmpty()) {
        ends.incrementAndGet();
        return;
      }
      sentAgain.incrementAndGet();
      send(worker, held, image, log);
    }
    // Everything took longer than anything is kept.
    worker.release(held);
  }

  /** A URL may run out before it is used, on a slow machine: then the end asks again. */
  private static void send(TestWorker worker, Held held, byte[] image, byte[] log) {
    for (Upload upload : worker.blobs(held, image, log)) {
      TestWorker.put(upload, upload.sha256().equals(Sha256.of(image).hex()) ? image : log);
    }
  }

  /** Takes a file's URL, and uses it at any time while it is good. */
  void read() {
    BuildView[] builds = farm.get("/api/v2/builds?limit=100").as(200, BuildView[].class);
    List<String> whole =
        Arrays.stream(builds).filter(each -> each.state().hasImages()).map(BuildView::id).toList();
    if (whole.isEmpty()) {
      return;
    }
    Answer view = farm.get("/api/v2/builds/" + whole.get(any(whole.size())));
    if (view.status() == 404) {
      gone.incrementAndGet();
      return;
    }
    List<ArtifactView> files = view.as(200, BuildView.class).artifacts();
    ArtifactView file = files.get(any(files.size()));
    long asked = System.nanoTime();
    Answer link = farm.get(file.url());
    if (link.status() == 404 || link.status() == 410) {
      gone.incrementAndGet();
      return;
    }
    if (link.status() != 307) {
      wrong.add("%s: %d %s".formatted(file.url(), link.status(), link.body()));
      return;
    }
    try {
      Thread.sleep(any((int) URL.toMillis() - 500));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    URI location = URI.create(link.headers().firstValue("location").orElseThrow());
    download(file, Farm.send(HttpRequest.newBuilder(location)), asked);
  }

  private void download(ArtifactView file, Answer got, long asked) {
    Duration after = Duration.ofNanos(System.nanoTime() - asked);
    if (got.status() == 403 && after.compareTo(URL.minusSeconds(1)) > 0) {
      late.incrementAndGet();
    } else if (got.status() != 200 || !Sha256.of(got.body()).hex().equals(file.sha256())) {
      wrong.add("%s after %s: %d %s".formatted(file.url(), after, got.status(), got.body()));
    } else {
      downloads.incrementAndGet();
    }
  }

  @Override
  public String toString() {
    return "%s downloads, %s too late, %s ends, %s reused, %s sent again, %s gone"
        .formatted(downloads, late, ends, reused, sentAgain, gone);
  }
}
