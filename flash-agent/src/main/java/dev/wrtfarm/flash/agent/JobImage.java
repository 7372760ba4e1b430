package dev.wrtfarm.flash.agent;

import dev.wrtfarm.common.agent.FlashWork.ImageSource;
import dev.wrtfarm.flash.image.ImageRefused;
import dev.wrtfarm.flash.lane.RunStatus;
import java.io.IOException;
import java.time.Duration;

/**
 * Gets a job's image, with some patience for the network, and as much as the job has for the room
 * that other runs take.
 */
final class JobImage {
  private static final int TRIES = 4;
  private static final int PAUSES_FOR_ROOM = 4;

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
    int tries = 0;
    while (true) {
      try {
        return cache.get(
            source,
            percent -> heartbeat.status(new RunStatus("download", percent, "")),
            () -> !heartbeat.isLost());
      } catch (ImageRefused e) {
        throw e;
      } catch (NoRoomYet e) {
        if (heartbeat.isLost()) {
          throw new ImageRefused(source.name() + " is not wanted any more");
        }
        heartbeat.status(new RunStatus("download", 0, "waits: " + e.getMessage()));
        Thread.sleep(pause.multipliedBy(PAUSES_FOR_ROOM));
      } catch (IOException e) {
        tries++;
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
