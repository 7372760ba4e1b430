package dev.wrtfarm.worker.fetch;

import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.worker.attempt.BuildFailed;
import dev.wrtfarm.worker.host.Folders;
import dev.wrtfarm.worker.host.HostCommand;
import dev.wrtfarm.worker.host.KeyedLocks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One extracted Image Builder per archive digest, never built in: a build copies it. Slots and
 * workers may share the folder. An entry appears by rename, so it is whole or not there.
 */
public final class GoldenTrees {
  private static final String TREE = "tree";
  private static final String SIZE = "size";

  private final Path dir;
  private final KeyedLocks locks;
  private final long limit;
  private final Consumer<Boolean> hit;

  /** Puts the archive with the right digest into the file. */
  @FunctionalInterface
  interface Fetch {
    void to(Path file) throws InterruptedException;
  }

  /**
   * @param limit of all entries together, in bytes; the one in use may exceed it
   * @param hit hears whether a look-up found its entry
   */
  public GoldenTrees(Path dir, long limit, Consumer<Boolean> hit) {
    this.dir = Folders.make(dir);
    this.locks = new KeyedLocks(dir.resolve("locks"));
    this.limit = limit;
    this.hit = hit;
  }

  void ensure(Sha256 archive, Fetch fetch) throws InterruptedException {
    try (KeyedLocks.Held _ = locks.lock(archive.hex())) {
      boolean there = Files.isDirectory(entry(archive));
      hit.accept(there);
      if (!there) {
        extract(archive, fetch);
      }
      touch(archive);
      evict(archive);
    }
  }

  /** A private copy; it keeps times, because the Image Builder compares them. */
  void copy(Sha256 archive, Fetch fetch, Path target) throws InterruptedException {
    try (KeyedLocks.Held _ = locks.lock(archive.hex())) {
      if (!Files.isDirectory(entry(archive))) {
        extract(archive, fetch);
      }
      HostCommand.run(
          List.of(
              "cp",
              "-a",
              "--reflink=auto",
              entry(archive).resolve(TREE).toString(),
              target.toString()));
    }
  }

  /** Bytes of all entries. */
  public long size() {
    return entries().stream().mapToLong(GoldenTrees::sizeOf).sum();
  }

  private void extract(Sha256 archive, Fetch fetch) throws InterruptedException {
    Path fresh = dir.resolve("new-" + archive.hex());
    Folders.delete(fresh); // left by a worker that died
    Folders.make(fresh);
    try {
      Path file = fresh.resolve("archive");
      fetch.to(file);
      Path unpacked = Folders.make(fresh.resolve("unpacked"));
      HostCommand.run(
          List.of(
              "tar",
              "--extract",
              "--file",
              file.toString(),
              "--directory",
              unpacked.toString(),
              "--no-same-owner",
              "--preserve-permissions",
              decompressor(file)));
      Files.move(onlyFolder(unpacked), fresh.resolve(TREE));
      Files.delete(unpacked);
      Files.delete(file);
      Files.writeString(fresh.resolve(SIZE), Long.toString(Folders.size(fresh)));
      Files.move(fresh, entry(archive), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Folders.delete(fresh);
    }
  }

  /** By the file's first bytes, since its name is upstream's affair. */
  private static String decompressor(Path archive) throws IOException {
    byte[] magic;
    try (var in = Files.newInputStream(archive)) {
      magic = in.readNBytes(4);
    }
    return switch (HexFormat.of().formatHex(magic)) {
      case "28b52ffd" -> "--zstd";
      case "fd377a58" -> "--xz";
      default -> "--bzip2";
    };
  }

  private static Path onlyFolder(Path unpacked) throws IOException {
    try (Stream<Path> found = Files.list(unpacked)) {
      List<Path> all = found.toList();
      if (all.size() == 1 && Files.isRegularFile(all.getFirst().resolve("Makefile"))) {
        return all.getFirst();
      }
    }
    throw new BuildFailed(
        FailureReason.UPSTREAM_INCOMPLETE,
        "the archive is no Image Builder: it should hold one folder with a Makefile");
  }

  private void touch(Sha256 archive) {
    try {
      Files.setLastModifiedTime(entry(archive), FileTime.from(Instant.now()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void evict(Sha256 inUse) {
    long total = size();
    List<Path> oldestFirst =
        entries().stream().sorted(Comparator.comparing(GoldenTrees::lastUse)).toList();
    for (Path each : oldestFirst) {
      if (total <= limit) {
        return;
      }
      String name = String.valueOf(each.getFileName());
      if (name.equals(inUse.hex())) {
        continue;
      }
      var held = locks.tryLock(name);
      if (held.isPresent()) {
        try (KeyedLocks.Held _ = held.get()) {
          total -= sizeOf(each);
          Folders.delete(each);
        }
      }
    }
  }

  private List<Path> entries() {
    try (Stream<Path> all = Files.list(dir)) {
      return all.filter(each -> String.valueOf(each.getFileName()).matches("[0-9a-f]{64}"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileTime lastUse(Path entry) {
    try {
      return Files.getLastModifiedTime(entry);
    } catch (IOException e) {
      return FileTime.fromMillis(0); // another worker has just evicted it
    }
  }

  private static long sizeOf(Path entry) {
    try {
      return Long.parseLong(Files.readString(entry.resolve(SIZE)));
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  private Path entry(Sha256 archive) {
    return dir.resolve(archive.hex());
  }
}
