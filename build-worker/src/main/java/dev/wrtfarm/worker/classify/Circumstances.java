package dev.wrtfarm.worker.classify;

import dev.wrtfarm.worker.attempt.Attempt;
import dev.wrtfarm.worker.feed.AttemptFeeds;
import dev.wrtfarm.worker.feed.Delivery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/**
 * What is known about a run besides its text.
 *
 * @param undelivered what the feed proxy could not deliver, indexes first
 * @param diskFull the run left no room on the disk
 */
public record Circumstances(List<Delivery.Failed> undelivered, boolean diskFull) {
  private static final long NO_ROOM = 1 << 20;

  public static Circumstances of(Attempt attempt, AttemptFeeds feeds) {
    try {
      long free = Files.getFileStore(attempt.dir()).getUsableSpace();
      return new Circumstances(feeds.failures(), free < NO_ROOM);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
