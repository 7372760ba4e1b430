package dev.wrtfarm.flash.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
    try (OutputStream out = open()) {
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

  /** Waits for the lane to have it open, but not for one that is dead. */
  private OutputStream open() throws IOException {
    FutureTask<OutputStream> opening = new FutureTask<>(() -> Files.newOutputStream(place));
    Thread.ofPlatform().daemon().start(opening);
    try {
      return opening.get(Eventually.LONGEST.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("no lane has opened " + place, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
