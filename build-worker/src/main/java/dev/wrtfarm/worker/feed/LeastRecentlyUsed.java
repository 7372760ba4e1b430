package dev.wrtfarm.worker.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Keeps a folder of files below a size; a file's time is its last use. */
final class LeastRecentlyUsed {
  private record Entry(Path file, long size, long lastUse) {}

  private final Path dir;
  private final long limit;

  LeastRecentlyUsed(Path dir, long limit) {
    this.dir = dir;
    this.limit = limit;
  }

  long size() {
    return entries().stream().mapToLong(Entry::size).sum();
  }

  synchronized void trim() {
    List<Entry> oldestFirst = new ArrayList<>(entries());
    oldestFirst.sort(Comparator.comparingLong(Entry::lastUse));
    long total = oldestFirst.stream().mapToLong(Entry::size).sum();
    for (Entry each : oldestFirst) {
      if (total <= limit) {
        return;
      }
      try {
        Files.deleteIfExists(each.file());
        total -= each.size();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> all = Files.list(dir)) {
      for (Path each : all.toList()) {
        entries.add(new Entry(each, Files.size(each), Files.getLastModifiedTime(each).toMillis()));
      }
    } catch (IOException e) {
      return entries; // another worker trims the same folder; the next one finds what is left
    }
    return entries;
  }
}
