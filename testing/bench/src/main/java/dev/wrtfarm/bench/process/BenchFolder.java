package dev.wrtfarm.bench.process;

import dev.wrtfarm.launcher.DataInUse;
import dev.wrtfarm.launcher.DataLock;
import dev.wrtfarm.launcher.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of one run. A run that was killed leaves its folder, without a lock, and perhaps farms
 * in it; the next run ends them and sweeps it up.
 */
public final class BenchFolder implements AutoCloseable {
  /** Not /tmp, which may be memory; and others may enter it, for farms of root drop to users. */
  private static final Path PLACE = Path.of("/var/tmp");

  private static final String PREFIX = "wrtfarm-bench-";

  /** A fresh folder may not have its lock yet. */
  private static final Duration SETTLED = Duration.ofMinutes(1);

  private final Path path;
  private final DataLock lock;

  private BenchFolder(Path path, DataLock lock) {
    this.path = path;
    this.lock = lock;
  }

  public static BenchFolder make() throws IOException {
    Path path = Files.createTempDirectory(PLACE, PREFIX);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new BenchFolder(path, DataLock.take(path));
  }

  public Path path() {
    return path;
  }

  /** Folders of dead runs, to be swept up; each is ours while it is open. */
  public static List<BenchFolder> abandoned() throws IOException {
    Instant limit = Instant.now().minus(SETTLED);
    try (Stream<Path> all = Files.list(PLACE)) {
      List<Path> candidates =
          all.filter(each -> String.valueOf(each.getFileName()).startsWith(PREFIX))
              .filter(Files::isWritable)
              .toList();
      return candidates.stream()
          .filter(each -> each.toFile().lastModified() < limit.toEpochMilli())
          .flatMap(BenchFolder::unlessInUse)
          .toList();
    }
  }

  private static Stream<BenchFolder> unlessInUse(Path path) {
    try {
      return Stream.of(new BenchFolder(path, DataLock.take(path)));
    } catch (DataInUse e) {
      return Stream.empty();
    }
  }

  @Override
  public void close() throws IOException {
    FolderTree.delete(path);
    lock.close();
  }
}
