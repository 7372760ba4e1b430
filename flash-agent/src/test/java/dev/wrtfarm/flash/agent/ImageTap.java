package dev.wrtfarm.flash.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;

/** Puts a pipe in the place of a lane's image, so that its run waits until the image is poured. */
final class ImageTap {
  private final Path place;
  private final Path image;

  ImageTap(Path place, Path image) {
    this.place = place;
    this.image = image;
  }

  void close() {
    try {
      Path pipe = place.resolveSibling("pipe");
      if (new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() != 0) {
        throw new IOException("no mkfifo");
      }
      Files.move(pipe, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the lane has had nothing to do but to wait for its image for that long. */
  boolean hasWaited(Duration time) throws IOException {
    Path shown = place.resolveSibling("progress");
    return Files.exists(shown)
        && Files.readString(shown).contains("\"text\":\"write\"")
        && Files.getLastModifiedTime(shown).toInstant().plus(time).isBefore(Instant.now());
  }

  /** Whoever opens the image after this finds the file itself. */
  void pour() throws IOException {
    // Waits for the lane to have it open.
    try (OutputStream out = Files.newOutputStream(place)) {
      Path file = place.resolveSibling("poured");
      Files.copy(image, file);
      Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
      try {
        Files.copy(image, out);
      } catch (IOException e) {
        // A broken pipe: a lane that stops in the middle has no use for the rest.
        return;
      }
    }
  }
}
