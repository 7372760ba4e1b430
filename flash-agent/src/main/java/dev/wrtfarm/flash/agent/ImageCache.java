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
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * Image files by their digest, looked through once each. What was used longest ago goes when there
 * is no room; a run has a name of its own for its image, so nothing is taken away from it.
 */
final class ImageCache {
  private static final String FACTS = ".json";
  private static final String PART = ".part";

  private final Path folder;
  private final long limit;
  private final long largestImage;
  private final ImageFetch fetch;
  private final InstantSource clock;
  private final Map<String, Object> locks = new HashMap<>();

  ImageCache(Path folder, long limit, long largestImage, ImageFetch fetch, InstantSource clock) {
    this.folder = folder;
    this.limit = limit;
    this.largestImage = largestImage;
    this.fetch = fetch;
    this.clock = clock;
  }

  /** A file, and what is known of it. */
  record Cached(Path file, ImageFacts facts) {}

  Cached get(ImageSource source, IntConsumer percent, BooleanSupplier wanted)
      throws IOException, InterruptedException {
    String sha256 = new Sha256(source.sha256()).hex();
    synchronized (lock(sha256)) {
      DurableFile.createFolder(folder);
      Path file = folder.resolve(sha256);
      if (!Files.isRegularFile(file)) {
        download(source, file, percent, wanted);
      }
      Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
      return new Cached(file, facts(source, file));
    }
  }

  private void download(ImageSource source, Path file, IntConsumer percent, BooleanSupplier wanted)
      throws IOException, InterruptedException {
    makeRoom(source.size() == null ? 0 : source.size());
    Path part = folder.resolve(file.getFileName() + PART);
    try {
      fetch.fetch(source, part, limit, percent, wanted);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private ImageFacts facts(ImageSource source, Path file) throws IOException {
    Path known = folder.resolve(file.getFileName() + FACTS);
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

  private synchronized void makeRoom(long needed) throws IOException {
    List<Path> oldestFirst = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.getFileName().toString().matches("[0-9a-f]{64}"))
          .sorted(Comparator.comparingLong(ImageCache::lastUse))
          .forEach(oldestFirst::add);
    }
    long used = 0;
    for (Path file : oldestFirst) {
      used += Files.size(file);
    }
    for (Path file : oldestFirst) {
      if (used + needed <= limit) {
        return;
      }
      used -= Files.size(file);
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder.resolve(file.getFileName() + FACTS));
    }
  }

  private static long lastUse(Path file) {
    return file.toFile().lastModified();
  }
}
