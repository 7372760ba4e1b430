package dev.wrtfarm.flash.agent;

import dev.wrtfarm.common.agent.FlashWork.ImageSource;
import dev.wrtfarm.common.flash.ImageFacts;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.flash.image.ImageFile;
import dev.wrtfarm.flash.journal.DurableFile;
import dev.wrtfarm.flash.journal.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/** Image files by their digest, fetched and looked through once each. */
final class ImageCache {
  private final Path folder;
  private final ImageSpace space;
  private final long largestImage;
  private final ImageFetch fetch;
  private final InstantSource clock;
  private final Map<String, Object> locks = new HashMap<>();

  /**
   * @param limit for all images together
   */
  ImageCache(Path folder, long limit, long largestImage, ImageFetch fetch, InstantSource clock) {
    this.folder = folder;
    this.space = new ImageSpace(folder, limit);
    this.largestImage = largestImage;
    this.fetch = fetch;
    this.clock = clock;
  }

  /** A file, which stays until this is closed, and what is known of it. */
  record Cached(Path file, ImageFacts facts, ImageSpace.Use use) implements AutoCloseable {
    @Override
    public void close() {
      use.close();
    }
  }

  Cached get(ImageSource source, IntConsumer percent, BooleanSupplier wanted)
      throws IOException, InterruptedException {
    String sha256 = new Sha256(source.sha256()).hex();
    synchronized (lock(sha256)) {
      DurableFile.createFolder(folder);
      Path file = folder.resolve(sha256);
      ImageSpace.Use use = space.use(file);
      boolean had = false;
      try {
        if (!Files.isRegularFile(file)) {
          download(source, file, percent, wanted);
        }
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        Cached cached = new Cached(file, facts(source, file), use);
        had = true;
        return cached;
      } finally {
        if (!had) {
          use.close();
        }
      }
    }
  }

  private void download(ImageSource source, Path file, IntConsumer percent, BooleanSupplier wanted)
      throws IOException, InterruptedException {
    try (ImageSpace.Part part = space.begin(file)) {
      fetch.fetch(source, part, percent, wanted);
      part.complete();
    }
  }

  private ImageFacts facts(ImageSource source, Path file) throws IOException {
    Path known = folder.resolve(file.getFileName() + ImageSpace.FACTS);
    ImageFacts facts;
    if (Files.exists(known)) {
      facts = Json.MAPPER.readValue(known.toFile(), ImageFacts.class);
    } else {
      facts =
          ImageFile.look(file, source.name(), source.sha256(), source.imageId(), largestImage)
              .facts();
      DurableFile.replace(known, Json.MAPPER.writeValueAsBytes(facts));
    }
    return new ImageFacts(
        source.name(),
        facts.sha256(),
        facts.size(),
        facts.format(),
        facts.rawSha256(),
        facts.rawSize(),
        facts.overlayOffset(),
        source.imageId());
  }

  private synchronized Object lock(String sha256) {
    return locks.computeIfAbsent(sha256, each -> new Object());
  }
}
