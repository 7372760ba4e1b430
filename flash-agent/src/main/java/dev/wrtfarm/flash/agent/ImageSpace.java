package dev.wrtfarm.flash.agent;

import dev.wrtfarm.common.value.ByteSize;
import dev.wrtfarm.flash.image.ImageRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The space that all images of a folder take together: those that are there, and those that are on
 * their way. What was used longest ago goes when there is no room. An image that somebody {@link
 * #use}s stays, and so does one for which a run has a name of its own: its space would not be free
 * before the run is over.
 */
final class ImageSpace {
  static final String FACTS = ".json";
  private static final String PART = ".part";
  private static final long STEP = 16L << 20;

  private final Path folder;
  private final long limit;

  /** How much each file may take that is on its way. */
  private final Map<Path, Long> coming = new HashMap<>();

  /** How many use each image, or wait for it to come. */
  private final Map<Path, Integer> users = new HashMap<>();

  ImageSpace(Path folder, long limit) {
    this.folder = folder;
    this.limit = limit;
  }

  /** A file on its way; without {@link #complete} it is gone when it is closed. */
  final class Part implements AutoCloseable {
    private final Path file;
    private final Path whole;

    private Part(Path whole) {
      this.whole = whole;
      this.file = whole.resolveSibling(whole.getFileName() + PART);
    }

    Path file() {
      return file;
    }

    /**
     * Before it grows to so many bytes.
     *
     * @param name of the image, for a person
     */
    void reserve(long bytes, String name) throws IOException {
      makeRoom(file, bytes, bytes, name);
    }

    /** The same for one that nobody knows the size of, a good deal at a time if there is room. */
    void grow(long bytes, String name) throws IOException {
      makeRoom(file, bytes, Math.ceilDiv(bytes, STEP) * STEP, name);
    }

    void complete() throws IOException {
      synchronized (ImageSpace.this) {
        Files.move(file, whole, StandardCopyOption.ATOMIC_MOVE);
        coming.remove(file);
      }
    }

    @Override
    public void close() throws IOException {
      synchronized (ImageSpace.this) {
        coming.remove(file);
        Files.deleteIfExists(file);
      }
    }
  }

  /**
   * @param image the only one that comes under this name
   */
  synchronized Part begin(Path image) throws IOException {
    // What an earlier agent was fetching when it was killed.
    for (Path left : files(".*\\" + PART)) {
      if (!coming.containsKey(left)) {
        Files.deleteIfExists(left);
      }
    }
    Part part = new Part(image);
    coming.put(part.file(), 0L);
    return part;
  }

  /** The image stays until it is closed. */
  final class Use implements AutoCloseable {
    private final Path image;
    private boolean over;

    private Use(Path image) {
      this.image = image;
    }

    @Override
    public void close() {
      synchronized (ImageSpace.this) {
        if (!over) {
          over = true;
          users.computeIfPresent(image, (each, count) -> count == 1 ? null : count - 1);
        }
      }
    }
  }

  /**
   * @param image it may be still to come
   */
  synchronized Use use(Path image) {
    users.merge(image, 1, Integer::sum);
    return new Use(image);
  }

  /**
   * @param ahead what is reserved for it if nothing else has to go for that
   * @throws NoRoomYet there will be room another time
   * @throws ImageRefused there never will
   */
  private synchronized void makeRoom(Path part, long bytes, long ahead, String name)
      throws IOException {
    long reserved = coming.getOrDefault(part, 0L);
    if (bytes <= reserved) {
      return;
    }
    long taken = coming.values().stream().mapToLong(Long::longValue).sum() - reserved;
    long old = 0;
    List<Path> oldestFirst = new ArrayList<>();
    for (Path image : files("[0-9a-f]{64}")) {
      if (isInUse(image)) {
        taken += Files.size(image);
      } else {
        old += Files.size(image);
        oldestFirst.add(image);
      }
    }
    if (bytes > limit - taken) {
      String why =
          "%s needs %s, and the images of this host may take %s (cache-size), of which other runs and downloads hold %s: %sraise cache-size"
              .formatted(
                  name,
                  new ByteSize(bytes),
                  new ByteSize(limit),
                  new ByteSize(taken),
                  bytes > limit ? "" : "ask again when they are over, or ");
      throw bytes > limit ? new ImageRefused(why) : new NoRoomYet(why);
    }
    oldestFirst.sort(Comparator.comparingLong(image -> image.toFile().lastModified()));
    for (Path image : oldestFirst) {
      if (bytes <= limit - taken - old) {
        break;
      }
      old -= Files.size(image);
      Files.deleteIfExists(image);
      Files.deleteIfExists(folder.resolve(image.getFileName() + FACTS));
    }
    coming.put(part, Math.clamp(ahead, bytes, Math.max(bytes, limit - taken - old)));
  }

  private List<Path> files(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().matches(name)).toList();
    }
  }

  /** A run that another process began has a hard link to it in its folder. */
  private boolean isInUse(Path image) throws IOException {
    return users.containsKey(image) || (int) Files.getAttribute(image, "unix:nlink") > 1;
  }
}
