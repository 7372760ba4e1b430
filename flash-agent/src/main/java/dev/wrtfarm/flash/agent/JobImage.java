package dev.wrtfarm.flash.agent;

import dev.wrtfarm.common.agent.FlashWork.ImageSource;
import dev.wrtfarm.flash.image.ImageRefused;
import dev.wrtfarm.flash.lane.RunStatus;
import java.io.IOException;
import java.time.Duration;

/** Gets a job's image, with some patience for the network. */
final class JobImage {
  private static final int TRIES = 4;

  private final ImageCache cache;
  private final Duration pause;

  /**
   * @param pause before the second try; it doubles
   */
  JobImage(ImageCache cache, Duration pause) {
    this.cache = cache;
    this.pause = pause;
  }

  ImageCache.Cached get(ImageSource source, Heartbeat heartbeat)
      throws IOException, InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        return cache.get(
            source,
            percent -> heartbeat.status(new RunStatus("download", percent, "")),
            () -> !heartbeat.isLost());
      } catch (ImageRefused e) {
        throw e;
      } catch (IOException e) {
        if (tries == TRIES || heartbeat.isLost()) {
          throw new ImageRefused(
              "%s cannot be had: %s; look whether this host reaches the image's address"
                  .formatted(source.name(), e.getMessage()));
        }
        heartbeat.status(new RunStatus("download", 0, "once more: " + e.getMessage()));
        Thread.sleep(pause.multipliedBy(1L << (tries - 1)));
      }
    }
  }
}
