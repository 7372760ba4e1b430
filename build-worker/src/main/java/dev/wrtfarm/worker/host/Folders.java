package dev.wrtfarm.worker.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
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

  /** Deletes all of it, also folders whose permissions a build has taken away. */
  public static void delete(Path dir) {
    if (!Files.isDirectory(dir)) {
      return;
    }
    walk(
        dir,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException error) throws IOException {
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
              Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
              delete(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path each, @Nullable IOException error)
              throws IOException {
            Files.deleteIfExists(each);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void walk(Path dir, SimpleFileVisitor<Path> visitor) {
    try {
      Files.walkFileTree(dir, visitor);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
