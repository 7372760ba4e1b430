package dev.wrtfarm.worker.fetch;

import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.worker.attempt.BuildFailed;
import dev.wrtfarm.worker.download.Downloader;
import dev.wrtfarm.worker.download.Downloader.Reply;
import dev.wrtfarm.worker.download.Received;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The download server: a few tries, then an answer or a failure that names the URL. */
public final class Upstream {
  private static final int TRIES = 3;

  private final URI base;
  private final Downloader downloader;
  private final Duration pause;

  /**
   * @param pause before the second try; doubled before the third
   */
  public Upstream(URI base, Downloader downloader, Duration pause) {
    String text = base.toString();
    this.base = URI.create(text.endsWith("/") ? text : text + "/");
    this.downloader = downloader;
    this.pause = pause;
  }

  URI at(String path) {
    return base.resolve(path);
  }

  /** The status is 200, or 404 or 410 for a file that upstream does not have. */
  Reply get(URI uri, Path target, long limit, Received progress) throws InterruptedException {
    String problem = "";
    Duration wait = pause;
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      if (attempt > 1) {
        Thread.sleep(wait);
        wait = wait.multipliedBy(2);
      }
      try {
        Reply reply = downloader.get(uri, Map.of(), target, limit, progress);
        if (reply.ok() || reply.status() == 404 || reply.status() == 410) {
          return reply;
        }
        problem = uri + " answered HTTP " + reply.status();
      } catch (IOException e) {
        problem = String.valueOf(e.getMessage());
      }
    }
    throw new BuildFailed(FailureReason.UPSTREAM_UNREACHABLE, problem);
  }

  /** A small file that has to be there. */
  byte[] need(URI uri, Path target, long limit) throws InterruptedException {
    Reply reply = get(uri, target, limit, Received.NOBODY);
    if (!reply.ok()) {
      throw new BuildFailed(
          FailureReason.UPSTREAM_INCOMPLETE, uri + " answered HTTP " + reply.status());
    }
    return read(target);
  }

  /** A file that has to be there with exactly this digest. */
  void need(URI uri, Path target, long limit, Sha256 digest, Received progress)
      throws InterruptedException {
    Reply reply = get(uri, target, limit, progress);
    if (!reply.ok()) {
      throw new BuildFailed(
          FailureReason.UPSTREAM_INCOMPLETE,
          uri + " is in sha256sums but answered HTTP " + reply.status());
    }
    Sha256 found = reply.sha256().orElseThrow();
    if (!found.equals(digest)) {
      throw new BuildFailed(
          FailureReason.HASH_MISMATCH,
          "%s has SHA-256 %s, but sha256sums says %s".formatted(uri, found, digest));
    }
  }

  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new BuildFailed(FailureReason.UNKNOWN, "cannot read " + file + ": " + e.getMessage());
    }
  }
}
