package dev.wrtfarm.worker.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Makes, measures and deletes folders, without ever following a symbolic link. */
public final class Folders {
  private Folders() {}

  public static Path make(Path dir) {
    try {
      return Files.createDirectories(dir);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes on disk below; what vanishes meanwhile counts nothing. */
  public static long size(Path dir) {
    long[] sum = {0};
    walk(
        dir,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            sum[0] += attributes.size();
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException error) {
            return FileVisitResult.CONTINUE;
          }
        });
    return sum[0];
  }

  /**
   * Deletes all of it. A build may have taken permissions away, or nested folders deeper than a
   * path can tell, so what cannot be deleted in the plain way is left to the host's tools.
   */
  public static void delete(Path dir) {
    if (!Files.isDirectory(dir, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      walk(dir, new Deletion());
    } catch (UncheckedIOException e) {
      tool("chmod", "-R", "u+rwX", "--", dir.toString());
      tool("rm", "-rf", "--", dir.toString());
      if (Files.exists(dir, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path each, @Nullable IOException error)
        throws IOException {
      Files.deleteIfExists(each);
      return FileVisitResult.CONTINUE;
    }
  }

  /** Whether it did its work shows in what is left. */
  private static void tool(String... argv) {
    try {
      Process process =
          new ProcessBuilder(argv)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start();
      process.onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void walk(Path dir, SimpleFileVisitor<Path> visitor) {
    try {
      Files.walkFileTree(dir, visitor);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
